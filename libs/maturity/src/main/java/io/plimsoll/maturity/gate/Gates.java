package io.plimsoll.maturity.gate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.Population;
import io.plimsoll.maturity.model.StageModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges gates over a set of subjects. The population is subjects joined with evidence: no answer is
 * UNKNOWN(not-answered), so denominators never move because an analyser is silent. Not safe for use by two threads at once.
 */
public final class Gates {

    private final StageModel model;
    private final Map<String, Map<SubjectId, Evidence>> byControl = new HashMap<>();

    public Gates(StageModel model, Collection<Evidence> evidence) {
        this.model = model;
        for (Evidence each : evidence) {
            byControl
                    .computeIfAbsent(each.control(), control -> new HashMap<>())
                    .merge(each.subject(), each, Gates::weaker);
        }
    }

    /** Two answers to one question: the worse one stands. */
    private static Evidence weaker(Evidence a, Evidence b) {
        int order = Integer.compare(badness(a.state()), badness(b.state()));
        return order > 0 || order == 0 && a.compareTo(b) <= 0 ? a : b;
    }

    private static int badness(EvidenceState state) {
        return switch (state) {
            case NOT_APPLICABLE -> 0;
            case PASS -> 1;
            case WAIVED -> 2;
            case UNKNOWN -> 3;
            case FAIL -> 4;
        };
    }

    /** @param clusters how many clusters the scope spans */
    public GateResult judge(Gate gate, Collection<Subject> subjects, int clusters) {
        return judge(gate, subjects, clusters, Map.of());
    }

    /**
     * @param clusters how many clusters the scope spans
     * @param shares by control, what an attestation for exactly this scope says of its subjects: the share for which it holds
     */
    public GateResult judge(Gate gate, Collection<Subject> subjects, int clusters, Map<String, Double> shares) {
        boolean anyApplication =
                subjects.stream().anyMatch(s -> s.id().kind() == SubjectKind.WORKLOAD && s.tier() == Tier.APPLICATION);
        if (!anyApplication) {
            return new GateResult(gate, EvidenceState.UNKNOWN, Reason.NO_APPLICATION_WORKLOAD, "", List.of());
        }
        if (gate.notApplicable().equals("single-cluster") && clusters < 2) {
            return new GateResult(gate, EvidenceState.NOT_APPLICABLE, Reason.SINGLE_CLUSTER, "", List.of());
        }
        GateResult best = null;
        for (List<Clause> group : gate.alternatives()) {
            GateResult result = judge(gate, group, subjects, shares);
            if (best == null || badness(result.state()) < badness(best.state())) {
                best = result;
            }
        }
        if (best == null) {
            throw new IllegalStateException(gate.id() + " has no clause");
        }
        return best;
    }

    private GateResult judge(Gate gate, List<Clause> group, Collection<Subject> subjects, Map<String, Double> shares) {
        // What lives outside manifests is not missing an analyser but a connector.
        Reason silence = gate.evidenceClass() == EvidenceClass.EXTERNAL ? Reason.NEEDS_CONNECTOR : Reason.NOT_ANSWERED;
        List<ClauseResult> results = new ArrayList<>();
        ClauseResult worst = null;
        for (Clause clause : group) {
            ClauseResult result = judge(clause, subjects, silence, shares.getOrDefault(clause.control(), 0.0));
            results.add(result);
            if (worst == null || badness(result.state()) > badness(worst.state())) {
                worst = result;
            }
        }
        return worst == null
                ? new GateResult(gate, EvidenceState.UNKNOWN, Reason.NOT_ANSWERED, "", results)
                : new GateResult(gate, worst.state(), worst.reason(), "", results);
    }

    private ClauseResult judge(Clause clause, Collection<Subject> subjects, Reason silence, double share) {
        List<Subject> asked = select(clause.population(), subjects);
        Counts counts = Counts.NONE;
        Map<Reason, Integer> unknowns = new EnumMap<>(Reason.class);
        int absent = 0;
        Reason lifted = Reason.ATTESTED;
        for (Subject subject : asked) {
            Evidence evidence =
                    byControl.getOrDefault(clause.control(), Map.of()).get(subject.id());
            EvidenceState state = evidence == null ? EvidenceState.UNKNOWN : evidence.state();
            counts = counts.plus(state);
            Reason reason = evidence == null ? silence : evidence.reason();
            if (state == EvidenceState.UNKNOWN && reason != null) {
                unknowns.merge(reason, 1, Integer::sum);
            }
            if (state == EvidenceState.WAIVED && reason != Reason.ATTESTED) {
                lifted = Reason.WAIVED_BY_DECLARATION;
            }
            if (state == EvidenceState.FAIL) {
                absent += reason == Reason.ABSENT_FROM_INPUT ? 1 : 0;
            }
        }
        Reason failure =
                counts.fail() > 0 && absent == counts.fail() ? Reason.ABSENT_FROM_INPUT : Reason.SEEN_AND_WRONG;
        ClauseResult measured = decide(clause, counts, unknowns, failure, lifted);
        return share > 0 && measured.state() != EvidenceState.PASS
                ? attested(measured, share, counts.fail() - absent)
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

    private List<Subject> select(String name, Collection<Subject> subjects) {
        Population population = model.populations().get(name);
        while (population != null) {
            Population here = population;
            List<Subject> found = subjects.stream().filter(here::holds).toList();
            if (!found.isEmpty() || here.whenEmpty().isEmpty()) {
                return found;
            }
            population = model.populations().get(here.whenEmpty());
        }
        return List.of();
    }
}
