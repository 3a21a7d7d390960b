package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.Unanalysed;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the side of a class from all tiers; classes with the same rows share it. One thread. */
final class Sides {

    private record Rows(Row admin, Row policies, Row baseline, Row mesh, Doubt doubt) {}

    private final Topology topology;
    private final TierRows admin;
    private final GrantRows policies;
    private final TierRows baseline;
    private final MeshRows mesh;
    private final List<Unanalysed> unanalysed;
    private final Map<Rows, Side> known = new HashMap<>();

    Sides(
            Topology topology,
            PolicySet policies,
            MeshPolicies mesh,
            ClassIndex index,
            PeerSets ofNetworkPolicy,
            PeerSets ofTiers) {
        this.topology = topology;
        this.admin = new TierRows(topology, policies.tiers(), Tier.ADMIN, ofTiers);
        this.policies = new GrantRows(topology, policies, index, ofNetworkPolicy);
        this.baseline = new TierRows(topology, policies.tiers(), Tier.BASELINE, ofTiers);
        this.mesh = new MeshRows(topology, mesh);
        this.unanalysed = policies.unanalysed();
    }

    /** What policies let a pod of the class receive, or send. */
    Side side(int number, Direction direction) {
        PodClass subject = topology.classes().get(number);
        Rows rows = new Rows(
                admin.row(number, direction),
                policies.row(number, direction),
                baseline.row(number, direction),
                mesh.row(subject, direction),
                doubt(subject, direction));
        return known.computeIfAbsent(
                rows, key -> new Side(key.admin(), key.policies(), key.baseline(), key.mesh(), key.doubt()));
    }

    private Doubt doubt(PodClass subject, Direction direction) {
        Doubt doubt = Doubt.NONE;
        for (Unanalysed policy : unanalysed) {
            if (couldChange(policy, subject, direction)) {
                Doubt here = policy.onlyRestricts() ? Doubt.RESTRICTED : Doubt.ANYTHING;
                doubt = here.compareTo(doubt) > 0 ? here : doubt;
            }
        }
        return doubt;
    }

    static boolean couldChange(Unanalysed policy, PodClass subject, Direction direction) {
        return (!subject.host() || policy.hosts())
                && policy.couldChange(subject.namespace(), subject.namespaceLabels(), subject.labels(), direction);
    }
}
