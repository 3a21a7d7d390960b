package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PriorityBand;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.TieredPolicy;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cluster-wide policies whose order is not defined although it matters. */
public final class Ambiguous {

    private Ambiguous() {}

    /** One problem for each such policy; no more is worked out than policies of one priority ask for. */
    public static List<PolicyProblem> of(Topology topology, PolicySet policies) {
        List<PolicyProblem> problems = new ArrayList<>();
        for (Tier tier : Tier.values()) {
            if (policies.tiers().bands(tier).stream()
                    .allMatch(band -> band.readings().size() == 1)) {
                continue;
            }
            PeerSets ofTiers = PeerSets.ofTiers(topology.index(), topology);
            Map<TieredPolicy, Set<TieredPolicy>> ambiguous = new HashMap<>();
            for (Direction direction : Direction.values()) {
                new TierRows(topology, policies.tiers(), tier, direction, ofTiers)
                        .ambiguous()
                        .forEach((policy, others) -> ambiguous
                                .computeIfAbsent(policy, unused -> new HashSet<>())
                                .addAll(others));
            }
            for (PriorityBand band : policies.tiers().bands(tier)) {
                for (TieredPolicy policy : band.readings()) {
                    band.readings().stream()
                            .filter(ambiguous.getOrDefault(policy, Set.of())::contains)
                            .findFirst()
                            .ifPresent(other -> problems.add(PolicyProblem.ambiguous(policy, other)));
                }
            }
        }
        return problems;
    }
}
