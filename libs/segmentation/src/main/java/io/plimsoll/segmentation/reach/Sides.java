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
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sides of all classes in one direction; classes with the same rows share one. Immutable, any thread. */
final class Sides {

    private record Rows(Row admin, Row policies, Row baseline, Row mesh, Doubt doubt) {

        static Rows of(Side side) {
            return new Rows(side.admin(), side.policies(), side.baseline(), side.mesh(), side.doubt());
        }

        Side side() {
            return new Side(admin, policies, baseline, mesh, doubt);
        }
    }

    /** What makes the rows of sides; it goes from each state to the next. One thread. */
    record Makers(TierRows admin, GrantRows policies, TierRows baseline) {}

    private final Columns admin;
    private final Columns policies;
    private final Columns baseline;
    private final Side[] ofClass;

    private Sides(Makers makers, Side[] ofClass) {
        this.admin = makers.admin().columns();
        this.policies = makers.policies().columns();
        this.baseline = makers.baseline().columns();
        this.ofClass = ofClass;
    }

    /** Sides with what made them. */
    record Made(Sides sides, Makers makers) {}

    /** Makes the side of each class from all tiers. */
    static Made of(
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
            ofClass[c] = known.computeIfAbsent(rows, Rows::side);
        }
        Makers makers = new Makers(admin, grants, baseline);
        return new Made(new Sides(makers, ofClass), makers);
    }

    /**
     * The sides of a later state, made of these as far as the change does not concern them. The makers are not to be asked after it. Nothing
     * where it has to begin from nothing.
     */
    Optional<Made> later(Step step, Makers makers, Direction direction) {
        return makers.policies().later(step).map(grants -> {
            Moved<TierRows> ofAdmin = makers.admin().later(step, Tier.ADMIN);
            Moved<TierRows> ofBaseline = makers.baseline().later(step, Tier.BASELINE);
            Makers later = new Makers(ofAdmin.rows(), grants.rows(), ofBaseline.rows());
            return new Made(new Sides(later, sides(step, direction, ofAdmin, grants, ofBaseline)), later);
        });
    }

    private Side[] sides(
            Step step, Direction direction, Moved<TierRows> admin, Moved<GrantRows> grants, Moved<TierRows> baseline) {
        boolean doubts = !step.before().unanalysed().equals(step.policies().unanalysed());
        boolean meshed = !step.mesh().isEmpty();
        MeshRows mesh = new MeshRows(step.topology(), step.mesh());
        Map<Rows, Side> known = new HashMap<>();
        Map<Side, Side> same = new IdentityHashMap<>();
        Side[] later = new Side[step.topology().classes().size()];
        String namespace = "";
        boolean changed = step.namespaces().contains(namespace);
        for (int c = 0; c < later.length; c++) {
            PodClass subject = step.topology().classes().get(c);
            if (!subject.namespace().equals(namespace)) {
                namespace = subject.namespace();
                changed = step.namespaces().contains(namespace);
            }
            Side before = step.since()[c] < 0 ? null : ofClass[step.since()[c]];
            Side now = before == null ? null : same.get(before);
            boolean tiers = admin.others().get(c) || baseline.others().get(c);
            if (now != null && !changed && !tiers && !doubts && !meshed) {
                later[c] = now;
                continue;
            }
            Rows rows = new Rows(
                    before == null || admin.others().get(c) ? admin.rows().row(c) : admin.of(before.admin()),
                    before == null || changed ? grants.rows().row(c) : grants.of(before.policies()),
                    before == null || baseline.others().get(c)
                            ? baseline.rows().row(c)
                            : baseline.of(before.baseline()),
                    meshed ? mesh.row(subject, direction) : Row.UNTOUCHED,
                    before == null || doubts
                            ? doubt(step.policies().unanalysed(), subject, direction)
                            : before.doubt());
            boolean asBefore = before != null && rows.equals(Rows.of(before));
            later[c] = known.computeIfAbsent(rows, fresh -> asBefore ? before : fresh.side());
            if (before != null && !changed && !tiers) {
                same.put(before, later[c]);
            }
        }
        return later;
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
