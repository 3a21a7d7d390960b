package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.Unanalysed;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.NamespaceBlock;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sides of all classes in one direction; classes with the same rows share one. Immutable, any thread. */
final class Sides {

    /** What makes the rows of sides; it goes from each state to the next. One thread. */
    record Makers(TierRows admin, GrantRows policies, TierRows baseline, NumberedSides numbered) {}

    private final Columns admin;
    private final Columns policies;
    private final Columns baseline;

    /** Each side once; what stands behind those that classes have is another state's. */
    private final Side[] sides;

    /** For each class the number of its side. */
    private final PeerNumbers ofClass;

    private Sides(Makers makers, PeerNumbers ofClass) {
        this.admin = makers.admin().columns();
        this.policies = makers.policies().columns();
        this.baseline = makers.baseline().columns();
        this.sides = makers.numbered().sides();
        this.ofClass = ofClass;
    }

    /**
     * What the side of a class follows from where other cluster-wide policies speak of it.
     *
     * @param before the number of the side it had
     */
    private record Around(int before, int admin, int baseline) {}

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
        Makers makers = new Makers(admin, grants, baseline, new NumberedSides(16));
        int[] ofClass = new int[topology.classes().size()];
        for (int c = 0; c < ofClass.length; c++) {
            PodClass subject = topology.classes().get(c);
            Side side = new Side(
                    admin.row(c),
                    grants.row(c),
                    baseline.row(c),
                    ofMesh.row(subject, direction),
                    doubt(policies.unanalysed(), subject, direction));
            ofClass[c] = makers.numbered().number(side);
        }
        PeerNumbers numbers = PeerNumbers.of(topology, ofClass);
        makers.numbered().tidy(numbers);
        return new Made(new Sides(makers, numbers), makers);
    }

    /**
     * The sides of a later state, made of these as far as the change does not concern them. The makers are not to be asked after it. Nothing
     * where it has to begin from nothing.
     */
    Optional<Made> later(Step step, Makers makers, Direction direction) {
        return makers.policies().later(step).map(grants -> {
            TierRows.Later ofAdmin = makers.admin().later(step, Tier.ADMIN);
            TierRows.Later ofBaseline = makers.baseline().later(step, Tier.BASELINE);
            Makers later = new Makers(ofAdmin.rows(), grants, ofBaseline.rows(), makers.numbered());
            BitSet tiers = (BitSet) ofAdmin.others().clone();
            tiers.or(ofBaseline.others());
            PeerNumbers laterOfClass = ofClass(step, direction, later, tiers);
            later.numbered().tidy(laterOfClass);
            return new Made(new Sides(later, laterOfClass), later);
        });
    }

    /**
     * For each class the number of its side.
     *
     * @param makers of the later state, whose sides are those of before
     * @param tiers classes of which other cluster-wide policies may speak than before
     */
    private PeerNumbers ofClass(Step step, Direction direction, Makers makers, BitSet tiers) {
        boolean doubts = !step.before().unanalysed().equals(step.policies().unanalysed());
        boolean meshed = !step.mesh().isEmpty();
        MeshRows mesh = new MeshRows(step.topology(), step.mesh());
        NumberedSides numbered = makers.numbered();
        PeerNumbers later = ofClass.later(step.since());
        Map<Around, Integer> known = new HashMap<>();
        List<NamespaceBlock> blocks = step.topology().blocks();
        for (int b = 0; b < blocks.size(); b++) {
            NamespaceBlock block = blocks.get(b);
            boolean changed = step.namespaces().contains(block.namespace());
            int asked = tiers.nextSetBit(block.first());
            if (step.since().same(b) >= 0 && !changed && !doubts && !meshed && (asked < 0 || asked >= block.end())) {
                continue;
            }
            int[] numbers = later.piece(b);
            for (int c = block.first(); c < block.end(); c++) {
                int number = numbers[c - block.first()];
                if (number >= 0 && !changed && !doubts && !meshed && !tiers.get(c)) {
                    continue;
                }
                Around around = null;
                if (number >= 0 && !changed && !doubts && !meshed) {
                    // A policy that speaks to all has thousands ask, of whom most had one side and have one again.
                    around = new Around(
                            number,
                            makers.admin().selection(c),
                            makers.baseline().selection(c));
                    Integer made = known.get(around);
                    if (made != null) {
                        later.set(c, made);
                        continue;
                    }
                }
                PodClass subject = step.topology().classes().get(c);
                Side before = number < 0 ? null : numbered.sides()[number];
                Side side = new Side(
                        before == null || tiers.get(c) ? makers.admin().row(c) : before.admin(),
                        before == null || changed ? makers.policies().row(c) : before.policies(),
                        before == null || tiers.get(c) ? makers.baseline().row(c) : before.baseline(),
                        meshed ? mesh.row(subject, direction) : Row.UNTOUCHED,
                        before == null || doubts
                                ? doubt(step.policies().unanalysed(), subject, direction)
                                : before.doubt());
                int made = side.equals(before) ? number : numbered.number(side);
                later.set(c, made);
                if (around != null) {
                    known.put(around, made);
                }
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
        return sides[ofClass.of(subject)];
    }

    /** What policies on the side of a class say of a peer, by number. */
    Verdict at(int subject, int peer) {
        Side side = sides[ofClass.of(subject)];
        return side.inSlot(slot(side, peer));
    }

    /** The same as if there were no mesh. */
    Verdict withoutMesh(int subject, int peer) {
        Side side = sides[ofClass.of(subject)];
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
        int[] seenAs = new int[ofClass.size()];
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
