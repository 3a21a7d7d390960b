package io.plimsoll.maturity.gate;

import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.Population;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.ClauseTally;
import io.plimsoll.maturity.tally.Counts;
import io.plimsoll.maturity.tally.Question;
import io.plimsoll.maturity.tally.Tallies;
import io.plimsoll.maturity.tally.Tally;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the gates of a model over what was counted in a scope. Immutable, any thread. */
public final class Gates {

    private final StageModel model;

    public Gates(StageModel model) {
        this.model = model;
    }

    /** Nothing is attested. */
    public GateResult judge(Gate gate, Tally tally, int clusters) {
        return judge(gate, tally, clusters, Map.of());
    }

    /**
     * @param tally of the whole scope
     * @param clusters how many clusters the scope spans
     * @param shares by control, what an attestation for exactly this scope says of its subjects: the share for which it holds
     */
    public GateResult judge(Gate gate, Tally tally, int clusters, Map<String, Double> shares) {
        if (tally.applications() == 0) {
            return new GateResult(gate, EvidenceState.UNKNOWN, Reason.NO_APPLICATION_WORKLOAD, "", List.of());
        }
        if (gate.notApplicable().equals("single-cluster") && clusters < 2) {
            return new GateResult(gate, EvidenceState.NOT_APPLICABLE, Reason.SINGLE_CLUSTER, "", List.of());
        }
        GateResult best = null;
        for (List<Clause> group : gate.alternatives()) {
            GateResult result = judge(gate, group, tally, shares);
            if (best == null || Tallies.badness(result.state()) < Tallies.badness(best.state())) {
                best = result;
            }
        }
        if (best == null) {
            throw new IllegalStateException(gate.id() + " has no clause");
        }
        return best;
    }

    private GateResult judge(Gate gate, List<Clause> group, Tally tally, Map<String, Double> shares) {
        // What lives outside manifests is not missing an analyser but a connector.
        Reason silence = gate.evidenceClass() == EvidenceClass.EXTERNAL ? Reason.NEEDS_CONNECTOR : Reason.NOT_ANSWERED;
        List<ClauseResult> results = new ArrayList<>();
        ClauseResult worst = null;
        for (Clause clause : group) {
            ClauseResult result =
                    judge(clause, counted(clause, tally), silence, shares.getOrDefault(clause.control(), 0.0));
            results.add(result);
            if (worst == null || Tallies.badness(result.state()) > Tallies.badness(worst.state())) {
                worst = result;
            }
        }
        return worst == null
                ? new GateResult(gate, EvidenceState.UNKNOWN, Reason.NOT_ANSWERED, "", results)
                : new GateResult(gate, worst.state(), worst.reason(), "", results);
    }

    /** What was counted over the clause's population, or over the one asked instead where that is empty. */
    private ClauseTally counted(Clause clause, Tally tally) {
        Population population = model.populations().get(clause.population());
        while (population != null) {
            ClauseTally counted = tally.of(new Question(clause.control(), population.id()));
            if (counted.counts().total() > 0 || population.whenEmpty().isEmpty()) {
                return counted;
            }
            population = model.populations().get(population.whenEmpty());
        }
        return ClauseTally.NONE;
    }

    private static ClauseResult judge(Clause clause, ClauseTally tally, Reason silence, double share) {
        Counts counts = tally.counts();
        Map<Reason, Integer> unknowns = new EnumMap<>(Reason.class);
        unknowns.putAll(tally.unknowns());
        if (tally.silent() > 0) {
            unknowns.merge(silence, tally.silent(), Integer::sum);
        }
        Reason failure =
                counts.fail() > 0 && tally.absent() == counts.fail() ? Reason.ABSENT_FROM_INPUT : Reason.SEEN_AND_WRONG;
        Reason lifted = tally.excepted() > 0 ? Reason.WAIVED_BY_DECLARATION : Reason.ATTESTED;
        ClauseResult measured = decide(clause, counts, unknowns, failure, lifted);
        return share > 0 && measured.state() != EvidenceState.PASS
                ? attested(measured, share, counts.fail() - tally.absent())
                : measured;
    }

    /**
     * An attested share counts against the threshold where nothing better is known; who was seen to be wrong stays wrong, whatever
     * is attested of the others.
     */
    private static ClauseResult attested(ClauseResult measured, double share, int seenWrong) {
        Counts counts = measured.counts();
        int asked = counts.asked();
        double good = Math.min(share * asked, asked - seenWrong);
        if (asked == 0 || good < measured.clause().threshold() * asked - 1e-9) {
            return measured;
        }
        int covered = asked == 1 ? 1 : (int) Math.floor(good + 1e-9);
        int more = Math.max(0, covered - counts.pass() - counts.waived());
        int ofUnknown = Math.min(more, counts.unknown());
        int ofFail = Math.min(more - ofUnknown, counts.fail() - seenWrong);
        Counts lifted = new Counts(
                counts.pass(),
                counts.fail() - ofFail,
                counts.waived() + ofUnknown + ofFail,
                counts.notApplicable(),
                counts.unknown() - ofUnknown);
        return new ClauseResult(measured.clause(), EvidenceState.WAIVED, Reason.ATTESTED, lifted, measured.unknowns());
    }

    private static ClauseResult decide(
            Clause clause, Counts counts, Map<Reason, Integer> unknowns, Reason failure, Reason lifted) {
        int asked = counts.asked();
        if (asked == 0) {
            return clause.emptyFails()
                    ? new ClauseResult(clause, EvidenceState.FAIL, Reason.ABSENT_FROM_INPUT, counts, unknowns)
                    : new ClauseResult(clause, EvidenceState.UNKNOWN, Reason.EMPTY_POPULATION, counts, unknowns);
        }
        int misses = asked >= clause.allowedMissesFrom() ? clause.allowedMisses() : 0;
        if (holds(counts.pass(), asked, clause.threshold(), misses)) {
            return new ClauseResult(clause, EvidenceState.PASS, null, counts, unknowns);
        }
        if (holds(counts.pass() + counts.waived(), asked, clause.threshold(), misses)) {
            return new ClauseResult(clause, EvidenceState.WAIVED, lifted, counts, unknowns);
        }
        int possible = counts.pass() + counts.waived() + counts.unknown();
        if (!holds(possible, asked, clause.failBelow(), misses)) {
            return new ClauseResult(clause, EvidenceState.FAIL, failure, counts, unknowns);
        }
        Reason reason = most(unknowns);
        return new ClauseResult(
                clause, EvidenceState.UNKNOWN, reason == null ? Reason.BETWEEN_BOUNDS : reason, counts, unknowns);
    }

    /** Whether {@code good} of {@code asked} reach the ratio; whole numbers would not survive a plain division. */
    private static boolean holds(int good, int asked, double ratio, int misses) {
        return good >= ratio * asked - 1e-9 || misses > 0 && asked - good <= misses;
    }

    private static @Nullable Reason most(Map<Reason, Integer> unknowns) {
        Reason most = null;
        for (Map.Entry<Reason, Integer> each : unknowns.entrySet()) {
            if (most == null || each.getValue() > unknowns.getOrDefault(most, 0)) {
                most = each.getKey();
            }
        }
        return most;
    }
}
