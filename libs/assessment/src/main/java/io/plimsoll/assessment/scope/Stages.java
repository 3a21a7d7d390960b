package io.plimsoll.assessment.scope;

import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.adoption.AdoptionFacts.NewDevelopmentSaid;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.gate.Gates;
import io.plimsoll.maturity.gate.Standing;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.maturity.model.StageModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Judges every scope by what was counted in it. Immutable, any thread. */
public final class Stages {

    private final StageModel model;
    private final Gates judge;

    public Stages(StageModel model) {
        this.model = model;
        this.judge = new Gates(model);
    }

    /**
     * @param tallies of all parts united
     * @param shares by scope id, then control: what is attested of a share of the scope
     * @param newDevelopment what is declared of the organisation's new development
     * @return widest first, then by id; the organisation always, others where they hold an application workload
     */
    public List<ScopeAssessment> of(
            SortedMap<ScopeKey, ScopeTally> tallies,
            Map<String, Map<String, Double>> shares,
            NewDevelopmentSaid newDevelopment) {
        Map<String, ScopeAssessment> done = new HashMap<>();
        List<ScopeAssessment> assessments = new ArrayList<>();
        tallies.forEach((key, tally) -> {
            if (ScopeTallies.exists(key, tally)) {
                NewDevelopmentSaid said =
                        key.kind() == ScopeKind.ORGANISATION ? newDevelopment : NewDevelopmentSaid.NOTHING;
                Standing standing = Standing.of(gates(key, tally, shares.getOrDefault(key.id(), Map.of()), done));
                ScopeAssessment assessment = new ScopeAssessment(
                        key.id(), key.kind(), Adoption.of(tally.adoption().facts(said)), standing);
                done.put(key.id(), assessment);
                assessments.add(assessment);
            }
        });
        return assessments;
    }

    private List<GateResult> gates(
            ScopeKey key, ScopeTally tally, Map<String, Double> shares, Map<String, ScopeAssessment> done) {
        List<GateResult> results = new ArrayList<>();
        int clusters = tally.adoption().clusters().size();
        for (Gate gate : model.gates()) {
            if (gate.asked().contains(key.kind())) {
                results.add(judge.judge(gate, tally.gates(), clusters, shares));
            } else if (gate.inherited()) {
                inherit(gate, key, tally, done).ifPresent(results::add);
            }
        }
        return results;
    }

    /** The answer of the narrowest wider scope that is asked. */
    private static Optional<GateResult> inherit(
            Gate gate, ScopeKey key, ScopeTally tally, Map<String, ScopeAssessment> done) {
        List<String> wider = new ArrayList<>();
        if (gate.asked().contains(ScopeKind.CLUSTER) && key.kind() != ScopeKind.TEAM) {
            tally.adoption()
                    .clusters()
                    .forEach(cluster -> wider.add(ScopeKey.ofCluster(cluster).id()));
        }
        wider.add(ScopeKey.ORGANISATION.id());
        for (String id : wider) {
            ScopeAssessment from = done.get(id);
            if (from != null) {
                return from.gates().stream()
                        .filter(result -> result.gate().id().equals(gate.id()))
                        .map(result -> result.from(result.inheritedFrom().isEmpty() ? id : result.inheritedFrom()))
                        .findFirst();
            }
        }
        return Optional.empty();
    }
}
