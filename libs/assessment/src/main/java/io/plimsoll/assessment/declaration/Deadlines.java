package io.plimsoll.assessment.declaration;

import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.Validity;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When declarations change what they settle by time alone: between two of these instants an assessment gives the same answer at any time.
 * Immutable, any thread.
 */
public final class Deadlines {

    private final TreeSet<Instant> edges = new TreeSet<>();

    public Deadlines(Declarations declarations) {
        declarations.attestations().forEach(each -> add(each.validity()));
        declarations.waivers().forEach(each -> edges.add(each.expires()));
        declarations.registries().forEach(each -> add(each.validity()));
        if (declarations.newDevelopment() != null) {
            add(declarations.newDevelopment().validity());
        }
        declarations.frameworks().forEach(framework -> {
            Instant acknowledged = framework.acknowledged();
            if (acknowledged != null) {
                edges.add(acknowledged);
                // Counts up to and including its last instant.
                edges.add(acknowledged.plus(DeclaredEvidence.ACKNOWLEDGED_FOR).plusNanos(1));
            }
        });
    }

    private void add(Validity validity) {
        edges.add(validity.issued());
        edges.add(validity.expires());
    }

    /** The newest that has passed; {@link Instant#MIN} before the first. Two times with the same one get the same answers. */
    public Instant passed(Instant asOf) {
        Instant passed = edges.floor(asOf);
        return passed == null ? Instant.MIN : passed;
    }

    /** The next to come. */
    public Optional<Instant> next(Instant asOf) {
        return Optional.ofNullable(edges.higher(asOf));
    }
}
