package io.plimsoll.stagescoring.flow;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.EstateScoring;
import io.plimsoll.assessment.EstateScoring.ScoredPart;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.assessment.scope.ScopeTally;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.stagescoring.flow.StageStore.Change;
import io.plimsoll.stagescoring.flow.StageStore.Last;
import io.plimsoll.stagescoring.flow.StageStore.Placed;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.ScopeStage.Footing;
import io.plimsoll.wire.ScopeStage.Held;
import io.plimsoll.wire.ScopeStage.Pending;
import io.plimsoll.wire.TalliesCodec.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** From contributions to stages: adds up, judges, and says what is another than before. Pure, any thread. */
public final class Merger {

    /**
     * What is merged.
     *
     * @param contributions of all clusters that were scored
     * @param late clusters whose contribution is not of their newest state, those without one included; what stands on other declarations or
     *     on what other clusters no longer say is found late here
     * @param spoken what the estate as a whole is judged by
     */
    public record Input(List<Contribution> contributions, Set<String> late, Spoken spoken, Instant asOf) {}

    /**
     * The outcome.
     *
     * @param due when time alone may change it: a held stage settles; {@link Instant#MAX} when nothing waits
     */
    public record Outcome(StageStore.Evaluation evaluation, Map<ScopeKey, Last> scopes, Instant due) {}

    private final StageModel model;
    private final ClusterScoring scoring;
    private final Hysteresis hysteresis;

    public Merger(StageModel model, ClusterScoring scoring) {
        this.model = model;
        this.scoring = scoring;
        this.hysteresis = new Hysteresis(model);
    }

    /** @param before the last record of each scope */
    public Outcome merge(Input input, Map<ScopeKey, Last> before) {
        EstateScoring estate = new EstateScoring(
                model,
                input.contributions().stream().map(Contribution::facts).toList(),
                input.spoken().declarations(),
                input.asOf());
        ScoredPart whole = estate.scoreEstate();
        SortedMap<ScopeKey, Part> united = new TreeMap<>();
        input.contributions()
                .forEach(each -> each.tallies().forEach((key, part) -> united.merge(key, part, Part::plus)));
        ClusterScoring.tallies(whole).forEach((key, part) -> united.merge(key, part, Part::plus));
        SortedMap<ScopeKey, ScopeTally> tallies = new TreeMap<>();
        united.forEach((key, part) -> tallies.put(key, part.tally()));
        List<ScopeAssessment> measured = estate.stages(tallies);
        Set<String> late = late(input, estate);

        Map<ScopeKey, Last> after = new HashMap<>(before);
        List<Change> changes = new ArrayList<>();
        Instant due = Instant.MAX;
        Set<ScopeKey> there = new TreeSet<>();
        String snapshot = estate.snapshot();
        for (ScopeAssessment each : measured) {
            ScopeKey key = new ScopeKey(each.kind(), each.id());
            there.add(key);
            Last last = before.get(key);
            ScopeStage next = stage(input, late, each, snapshot, united.getOrDefault(key, Part.NONE), last);
            due = earlier(due, next.held());
            if (last == null || last.stage() == null || !same(last.stage(), next)) {
                changes.add(change(key, last == null ? null : last.stage(), next));
                after.put(key, new Last(next.sequence(), next, false));
            }
        }
        before.forEach((key, last) -> {
            if (!last.gone() && !there.contains(key)) {
                Change gone = new Change(key, last.sequence() + 1, last.stage(), null, List.of(), true);
                changes.add(gone);
                after.put(key, new Last(gone.sequence(), null, true));
            }
        });
        return new Outcome(
                new StageStore.Evaluation(
                        input.asOf(),
                        input.spoken(),
                        changes,
                        scoring.rows(whole),
                        coverage(input, estate, whole, measured)),
                after,
                due);
    }

    private ScopeStage stage(
            Input input,
            Set<String> behind,
            ScopeAssessment measured,
            String snapshot,
            Part part,
            @Nullable Last last) {
        Set<String> clusters = part.tally().adoption().clusters();
        List<Footing> footings = new ArrayList<>();
        boolean late = measured.kind() == ScopeKind.ORGANISATION && !behind.isEmpty();
        for (Contribution each : input.contributions()) {
            if (clusters.contains(each.cluster())) {
                footings.add(new Footing(each.cluster(), each.version(), each.mode()));
                late |= behind.contains(each.cluster());
            }
        }
        Held before = last == null || last.stage() == null ? null : last.stage().held();
        return new ScopeStage(
                measured,
                snapshot,
                input.asOf(),
                footings,
                hysteresis.next(before, measured.security(), measured.gates(), input.asOf()),
                late,
                last == null ? 1 : last.sequence() + 1,
                part.teams());
    }

    /** Nothing but the time of judging and the state of clusters it does not stand on is another. */
    private static boolean same(ScopeStage before, ScopeStage next) {
        return new ScopeStage(
                        next.measured(),
                        before.snapshot(),
                        before.asOf(),
                        next.clusters(),
                        next.held(),
                        next.provisional(),
                        before.sequence(),
                        next.teams())
                .equals(before);
    }

    private static Change change(ScopeKey key, @Nullable ScopeStage before, ScopeStage after) {
        Map<String, EvidenceState> states = new TreeMap<>();
        if (before != null) {
            before.measured().gates().forEach(gate -> states.put(gate.gate().id(), gate.state()));
        }
        List<String> gates = new ArrayList<>();
        for (GateResult gate : after.measured().gates()) {
            if (states.remove(gate.gate().id()) != gate.state()) {
                gates.add(gate.gate().id());
            }
        }
        gates.addAll(states.keySet());
        boolean event = before == null
                || !gates.isEmpty()
                || !before.measured()
                        .adoption()
                        .band()
                        .equals(after.measured().adoption().band())
                || !before.measured().security().equals(after.measured().security());
        return new Change(key, after.sequence(), before, after, List.copyOf(gates), event);
    }

    /** A contribution made on other grounds than the estate is judged by now is overtaken, though nobody has scored it anew yet. */
    private static Set<String> late(Input input, EstateScoring estate) {
        Set<String> late = new TreeSet<>(input.late());
        Instant deadline = input.spoken().deadlines().passed(input.asOf());
        for (Contribution each : input.contributions()) {
            Basis basis = each.basis();
            if (basis.declarations() != input.spoken().number()
                    || !basis.deadline().equals(deadline)
                    || !basis.automation().equals(ClusterScoring.automation(estate, each.facts()))) {
                late.add(each.cluster());
            }
        }
        return late;
    }

    private static Instant earlier(Instant due, @Nullable Held held) {
        Pending pending = held == null ? null : held.pending();
        return pending != null && pending.settles().isBefore(due) ? pending.settles() : due;
    }

    private static List<Placed> coverage(
            Input input, EstateScoring estate, ScoredPart whole, List<ScopeAssessment> measured) {
        Set<String> used = new TreeSet<>(whole.used());
        input.contributions().forEach(each -> used.addAll(each.used()));
        List<Placed> placed = new ArrayList<>();
        List<Coverage> all = estate.coverage(used, measured);
        for (Contribution each : input.contributions()) {
            each.facts().coverage().forEach(gap -> placed.add(new Placed(each.cluster(), gap)));
        }
        all.subList(placed.size(), all.size()).forEach(gap -> placed.add(new Placed("", gap)));
        return placed;
    }
}
