package io.plimsoll.assessment.declaration;

import io.plimsoll.assessment.image.ImageControls;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.declaration.ApprovedRegistry;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.Validity;
import io.plimsoll.maturity.tally.Tallies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether images come from approved private registries (S2.registry), from two halves: that a registry is approved only people can say, that pulling
 * needs a credential is measured where somebody can ask the registry (ADR 0010).
 *
 * <p>1. Measured open: FAIL, whatever is declared. 2. Measured private and declared: PASS. 3. Measured private, declared by nobody: UNKNOWN. 4. Not
 * measured: declared private is WAIVED(attested), as without any registry connected.
 */
public final class RegistryEvidence {

    private static final String CONTROL = DeclaredEvidence.APPROVED_REGISTRY.id();

    private final List<ApprovedRegistry> registries;
    private final @Nullable Instant asOf;

    private RegistryEvidence(List<ApprovedRegistry> registries, @Nullable Instant asOf) {
        this.registries = registries;
        this.asOf = asOf;
    }

    /**
     * The evidence with both halves joined: what was measured of registries is taken out, and what it and declarations say together put in.
     *
     * @param asOf null when no time is given: what depends on it is UNKNOWN(no-clock)
     */
    public static List<Evidence> joined(
            Collection<Evidence> evidence,
            Declarations declarations,
            Collection<Subject> subjects,
            @Nullable Instant asOf) {
        List<Evidence> joined = new ArrayList<>(evidence.size());
        Map<SubjectId, Evidence> measured = new HashMap<>();
        for (Evidence each : evidence) {
            if (each.control().equals(ImageControls.PULL_NEEDS_CREDENTIAL)) {
                measured.merge(each.subject(), each, RegistryEvidence::worse);
            } else {
                joined.add(each);
            }
        }
        if (measured.isEmpty() && declarations.registries().isEmpty()) {
            return joined;
        }
        RegistryEvidence said = new RegistryEvidence(declarations.registries(), asOf);
        for (Subject subject : subjects) {
            if (subject.id().kind() == SubjectKind.IMAGE) {
                joined.addAll(said.of(subject, Optional.ofNullable(measured.get(subject.id()))));
            }
        }
        return joined;
    }

    private static Evidence worse(Evidence a, Evidence b) {
        return Tallies.badness(a.state()) >= Tallies.badness(b.state()) ? a : b;
    }

    private List<Evidence> of(Subject subject, Optional<Evidence> measured) {
        List<Evidence> evidence = new ArrayList<>();
        for (String written : subject.image().split(" ", -1)) {
            ImageReference image = ImageReference.of(written);
            List<ApprovedRegistry> holding = registries.stream()
                    .filter(registry -> registry.holds(image))
                    .toList();
            answer(subject, holding, measured).ifPresent(evidence::add);
            if (holding.isEmpty() && !registries.isEmpty()) {
                evidence.add(outside(subject, written));
            }
        }
        return evidence.stream().distinct().toList();
    }

    private Evidence outside(Subject subject, String written) {
        return Evidence.fail(
                DeclaredEvidence.DECLARED_REGISTRY_RULE.id(),
                subject.id(),
                Reason.SEEN_AND_WRONG,
                "image",
                written,
                "container " + subject.id().container() + " runs an image of none of the declared registries: "
                        + registries.stream().map(ApprovedRegistry::prefix).collect(Collectors.joining(", ")),
                subject.source());
    }

    /** Empty where nobody measured and nobody declared anything. */
    private Optional<Evidence> answer(Subject subject, List<ApprovedRegistry> holding, Optional<Evidence> measured) {
        EvidenceState seen = measured.map(Evidence::state).orElse(EvidenceState.NOT_APPLICABLE);
        return switch (seen) {
            case FAIL -> measured.map(RegistryEvidence::restated);
            case PASS -> Optional.of(approved(subject.id(), holding, subject.source()));
            case UNKNOWN, WAIVED, NOT_APPLICABLE ->
                registries.isEmpty()
                        ? measured.map(RegistryEvidence::restated)
                        : Optional.of(attested(subject.id(), holding, subject.source()));
        };
    }

    private static Evidence restated(Evidence measured) {
        return new Evidence(
                CONTROL,
                measured.subject(),
                measured.state(),
                measured.reason(),
                measured.path(),
                measured.value(),
                measured.message(),
                measured.source());
    }

    /** Measured private; who approved it? */
    private Evidence approved(SubjectId id, List<ApprovedRegistry> holding, Source source) {
        Evidence best = Evidence.unknown(
                CONTROL,
                id,
                Reason.NEEDS_CONNECTOR,
                "pulling needs a credential, but nobody declared its registry as approved",
                source);
        for (ApprovedRegistry registry : holding) {
            if (registry.validity().at(asOf) == Validity.At.IN_FORCE) {
                return Evidence.pass(
                        CONTROL,
                        id,
                        registry.prefix() + " is approved, " + registry.author()
                                + " states, and pulling needs a credential",
                        source);
            }
            best = lapsed(id, registry, best, source);
        }
        return best;
    }

    /** Approved and private is attested; whether pulling really needs a credential only a connector measures. */
    private Evidence attested(SubjectId id, List<ApprovedRegistry> holding, Source source) {
        Evidence best = Evidence.unknown(
                CONTROL, id, Reason.NEEDS_CONNECTOR, "of no registry that is declared private", source);
        for (ApprovedRegistry registry : holding) {
            if (!registry.isPrivate()) {
                continue;
            }
            if (registry.validity().at(asOf) == Validity.At.IN_FORCE) {
                return new Evidence(
                        CONTROL,
                        id,
                        EvidenceState.WAIVED,
                        Reason.ATTESTED,
                        "",
                        "",
                        registry.prefix() + " is approved and private, " + registry.author() + " states",
                        source);
            }
            best = lapsed(id, registry, best, source);
        }
        return best;
    }

    private Evidence lapsed(SubjectId id, ApprovedRegistry registry, Evidence best, Source source) {
        return switch (registry.validity().at(asOf)) {
            case IN_FORCE -> best;
            case NO_CLOCK -> Evidence.unknown(CONTROL, id, Reason.NO_CLOCK, "approved, but no time is given", source);
            case EXPIRED -> notInForce(id, registry, best, Reason.DECLARATION_EXPIRED, source);
            case NOT_YET -> notInForce(id, registry, best, Reason.NEEDS_CONNECTOR, source);
        };
    }

    private static Evidence notInForce(
            SubjectId id, ApprovedRegistry registry, Evidence best, Reason reason, Source source) {
        return best.reason() == Reason.NO_CLOCK
                ? best
                : Evidence.unknown(
                        CONTROL, id, reason, "the approval of " + registry.prefix() + " is not in force", source);
    }
}
