package io.plimsoll.stagescoring.flow;

import io.plimsoll.kernel.Band;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.Population;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.wire.ScopeStage.Held;
import io.plimsoll.wire.ScopeStage.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, held against flapping (stage model, r6): it climbs after seven days held, falls at once on exposed criticals, else after 72
 * hours. An exposed critical is a failed clause that is asked of exposed workloads or images and tolerates no miss. Bands are compared by what
 * is proven, then by what is possible. Pure.
 */
public final class Hysteresis {

    public static final Duration CLIMB_AFTER = Duration.ofDays(7);
    public static final Duration FALL_AFTER = Duration.ofHours(72);

    private static final Comparator<Band> ORDER =
            Comparator.comparingInt(Band::low).thenComparingInt(Band::high);

    private final Set<String> exposed = new HashSet<>();

    public Hysteresis(StageModel model) {
        for (Population population : model.populations().values()) {
            if (population.where().contains("exposed")) {
                exposed.add(population.id());
            }
        }
    }

    /**
     * @param before what was held until now; null for a scope that is new, or measured with another model before
     * @param now of the evaluation that measured it
     */
    public Held next(@Nullable Held before, Band measured, Collection<GateResult> gates, Instant now) {
        if (before == null) {
            return new Held(measured, now, null);
        }
        Held held = settled(before, now);
        int way = ORDER.compare(measured, held.security());
        if (way == 0) {
            return new Held(held.security(), held.since(), null);
        }
        if (way < 0 && gates.stream().anyMatch(this::exposedCritical)) {
            return new Held(measured, now, null);
        }
        Pending pending = held.pending();
        if (pending == null
                || Integer.signum(ORDER.compare(pending.security(), held.security())) != Integer.signum(way)) {
            Duration wait = way > 0 ? CLIMB_AFTER : FALL_AFTER;
            return new Held(held.security(), held.since(), new Pending(measured, now, now.plus(wait)));
        }
        // At least this far was measured all the time: the nearer of the two is what has been held.
        Band nearer = Integer.signum(ORDER.compare(measured, pending.security())) == Integer.signum(way)
                ? pending.security()
                : measured;
        return new Held(held.security(), held.since(), new Pending(nearer, pending.since(), pending.settles()));
    }

    /** What was on its way and has arrived. */
    private static Held settled(Held before, Instant now) {
        Pending pending = before.pending();
        return pending != null && !now.isBefore(pending.settles())
                ? new Held(pending.security(), pending.settles(), null)
                : before;
    }

    private boolean exposedCritical(GateResult gate) {
        return gate.state() == EvidenceState.FAIL && gate.clauses().stream().anyMatch(this::exposedCritical);
    }

    private boolean exposedCritical(ClauseResult clause) {
        return clause.state() == EvidenceState.FAIL
                && exposed.contains(clause.clause().population())
                && clause.clause().threshold() >= 1;
    }
}
