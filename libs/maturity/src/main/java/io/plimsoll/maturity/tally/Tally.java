package io.plimsoll.maturity.tally;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one part of a scope contributes to its gates. A commutative monoid with {@link #NONE}: {@code tally(a).plus(tally(b))} is
 * the tally of a and b together, wherever the cut runs.
 *
 * @param applications application workloads; of none, no gate can be answered
 * @param clauses questions that were asked of at least one subject, in order
 */
public record Tally(int applications, Map<Question, ClauseTally> clauses) {

    public static final Tally NONE = new Tally(0, Map.of());

    public Tally {
        clauses = Collections.unmodifiableMap(new TreeMap<>(clauses));
    }

    public Tally plus(Tally other) {
        Map<Question, ClauseTally> united = new TreeMap<>(clauses);
        other.clauses.forEach((question, tally) -> united.merge(question, tally, ClauseTally::plus));
        return new Tally(applications + other.applications, united);
    }

    public ClauseTally of(Question question) {
        return clauses.getOrDefault(question, ClauseTally.NONE);
    }
}
