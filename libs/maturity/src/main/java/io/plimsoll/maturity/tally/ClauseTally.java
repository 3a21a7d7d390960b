package io.plimsoll.maturity.tally;

import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answers to one control over one population. A commutative monoid with {@link #NONE}.
 *
 * @param counts how many subjects answered what; the silent are among the unknown
 * @param unknowns of those who answered UNKNOWN, how many for which reason; the silent are not in it
 * @param silent subjects nobody answered for
 * @param absent of the failed, how many because something is absent from the input
 * @param excepted of the waived, how many by a waiver; the others are attested
 */
public record ClauseTally(Counts counts, Map<Reason, Integer> unknowns, int silent, int absent, int excepted) {

    public static final ClauseTally NONE = new ClauseTally(Counts.NONE, Map.of(), 0, 0, 0);

    public ClauseTally {
        EnumMap<Reason, Integer> ordered = new EnumMap<>(Reason.class);
        ordered.putAll(unknowns);
        unknowns = Collections.unmodifiableMap(ordered);
    }

    public ClauseTally plus(ClauseTally other) {
        EnumMap<Reason, Integer> united = new EnumMap<>(Reason.class);
        united.putAll(unknowns);
        other.unknowns.forEach((reason, count) -> united.merge(reason, count, Integer::sum));
        return new ClauseTally(
                counts.plus(other.counts),
                united,
                silent + other.silent,
                absent + other.absent,
                excepted + other.excepted);
    }

    /** Collects answers one by one; {@link #tally()} is what they add up to. */
    static final class Collector {

        private final int[] byState = new int[EvidenceState.values().length];
        private final EnumMap<Reason, Integer> unknowns = new EnumMap<>(Reason.class);
        private int silent;
        private int absent;
        private int excepted;

        /** Nobody answered. */
        void silent() {
            silent++;
            byState[EvidenceState.UNKNOWN.ordinal()]++;
        }

        void add(EvidenceState state, @Nullable Reason reason) {
            byState[state.ordinal()]++;
            if (state == EvidenceState.UNKNOWN && reason != null) {
                unknowns.merge(reason, 1, Integer::sum);
            }
            if (state == EvidenceState.FAIL && reason == Reason.ABSENT_FROM_INPUT) {
                absent++;
            }
            if (state == EvidenceState.WAIVED && reason != Reason.ATTESTED) {
                excepted++;
            }
        }

        ClauseTally tally() {
            Counts counts = new Counts(
                    byState[EvidenceState.PASS.ordinal()],
                    byState[EvidenceState.FAIL.ordinal()],
                    byState[EvidenceState.WAIVED.ordinal()],
                    byState[EvidenceState.NOT_APPLICABLE.ordinal()],
                    byState[EvidenceState.UNKNOWN.ordinal()]);
            return new ClauseTally(counts, unknowns, silent, absent, excepted);
        }
    }
}
