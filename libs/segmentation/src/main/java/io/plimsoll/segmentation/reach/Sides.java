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

/** The sides of all classes in one direction; classes with the same rows share one. Immutable, any thread. */
final class Sides {

    private record Rows(Row admin, Row policies, Row baseline, Row mesh, Doubt doubt) {}

    private final Columns admin;
    private final Columns policies;
    private final Columns baseline;
    private final Side[] ofClass;

    private Sides(Columns admin, Columns policies, Columns baseline, Side[] ofClass) {
        this.admin = admin;
        this.policies = policies;
        this.baseline = baseline;
        this.ofClass = ofClass;
    }

    /** Makes the side of each class from all tiers. */
    static Sides of(
            Topology topology,
            PolicySet policies,
            MeshPolicies mesh,
            Direction direction,
            ClassIndex index,
            PeerSets ofNetworkPolicy,
            PeerSets ofTiers) {
        TierRows admin = new TierRows(topology, policies.tiers(), Tier.ADMIN, direction, ofTiers);
        GrantRows grants = new GrantRows(topology, policies, direction, index, ofNetworkPolicy);
        TierRows baseline = new TierRows(topology, policies.tiers(), Tier.BASELINE, direction, ofTiers);
        MeshRows ofMesh = new MeshRows(topology, mesh);
        Map<Rows, Side> known = new HashMap<>();
        Side[] ofClass = new Side[topology.classes().size()];
        for (int c = 0; c < ofClass.length; c++) {
            PodClass subject = topology.classes().get(c);
            Rows rows = new Rows(
                    admin.row(c),
                    grants.row(c),
                    baseline.row(c),
                    ofMesh.row(subject, direction),
                    doubt(policies.unanalysed(), subject, direction));
            ofClass[c] = known.computeIfAbsent(
                    rows, key -> new Side(key.admin(), key.policies(), key.baseline(), key.mesh(), key.doubt()));
        }
        return new Sides(admin.columns(), grants.columns(), baseline.columns(), ofClass);
    }

    private static Doubt doubt(List<Unanalysed> unanalysed, PodClass subject, Direction direction) {
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

    Side of(int subject) {
        return ofClass[subject];
    }

    /** What policies on the side of a class say of a peer, by number. */
    Verdict at(int subject, int peer) {
        Side side = ofClass[subject];
        return side.inSlot(slot(side, peer));
    }

    /** The same as if there were no mesh. */
    Verdict withoutMesh(int subject, int peer) {
        Side side = ofClass[subject];
        return side.withoutMesh(slot(side, peer));
    }

    private long slot(Side side, int peer) {
        return side.slot(admin.of(peer), policies.of(peer), baseline.of(peer), peer);
    }

    /**
     * Sorts classes by what sides of this direction can see of them as peers: for each class the first that is seen as it is.
     *
     * @param meshed whether rows of a mesh tell each class apart
     */
    int[] seenAs(boolean meshed) {
        int[] seenAs = new int[ofClass.length];
        Map<List<Integer>, Integer> first = new HashMap<>();
        for (int c = 0; c < seenAs.length; c++) {
            seenAs[c] = c;
            if (!meshed) {
                Integer before = first.putIfAbsent(List.of(admin.of(c), policies.of(c), baseline.of(c)), c);
                seenAs[c] = before == null ? c : before;
            }
        }
        return seenAs;
    }

    Columns ofAdmin() {
        return admin;
    }

    Columns ofPolicies() {
        return policies;
    }

    Columns ofBaseline() {
        return baseline;
    }
}
