package io.plimsoll.audit.guardrail;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import java.util.Comparator;

/**
 * One rule in one namespace.
 *
 * @param intent what it is for; {@code custom:<policy>} when its words say nothing known
 * @param countsAs the intent it is counted under: parts of one bundle count once
 * @param why one sentence behind the status, naming the object that breaks the rule where one does
 * @param policy the object that declares it; for pod security labels the Namespace
 */
public record Guardrail(
        String intent,
        String countsAs,
        Family family,
        Action action,
        Engine engine,
        Status status,
        String why,
        ResourceId policy,
        Source source)
        implements Comparable<Guardrail> {

    private static final Comparator<Guardrail> ORDER = Comparator.comparing(Guardrail::family)
            .thenComparing(Guardrail::intent)
            .thenComparing(Guardrail::engine)
            .thenComparing(Guardrail::policy)
            .thenComparing(Guardrail::action)
            .thenComparing(Guardrail::status)
            .thenComparing(Guardrail::why)
            .thenComparing(Guardrail::source);

    @Override
    public int compareTo(Guardrail other) {
        return ORDER.compare(this, other);
    }
}
