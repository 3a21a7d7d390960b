package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.Unanalysed;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the side of a class from all tiers; classes with the same rows share it. One thread. */
final class Sides {

    private record Rows(Row admin, Row policies, Row baseline, boolean doubted) {}

    private final TierRows admin;
    private final GrantRows policies;
    private final TierRows baseline;
    private final List<Unanalysed> unanalysed;
    private final Map<Rows, Side> known = new HashMap<>();

    Sides(Topology topology, PolicySet policies) {
        PeerSets ofTiers = PeerSets.ofTiers(topology);
        this.admin = new TierRows(topology, policies.tiers(), Tier.ADMIN, ofTiers);
        this.policies = new GrantRows(topology, policies);
        this.baseline = new TierRows(topology, policies.tiers(), Tier.BASELINE, ofTiers);
        this.unanalysed = policies.unanalysed();
    }

    /** What policies let a pod of the class receive, or send. */
    Side side(PodClass subject, Direction direction) {
        Rows rows = new Rows(
                admin.row(subject, direction),
                policies.row(subject, direction),
                baseline.row(subject, direction),
                doubted(subject));
        return known.computeIfAbsent(rows, key -> new Side(key.admin(), key.policies(), key.baseline(), key.doubted()));
    }

    private boolean doubted(PodClass subject) {
        return unanalysed.stream().anyMatch(policy -> couldSelect(policy, subject));
    }

    static boolean couldSelect(Unanalysed policy, PodClass subject) {
        return policy.couldSelectIn(subject.namespace()) && (!subject.host() || policy.hosts());
    }
}
