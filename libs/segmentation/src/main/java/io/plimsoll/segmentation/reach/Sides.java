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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The sides of all classes in one direction; classes with the same rows share one. Immutable, any thread. */
final class Sides {

    /** So many are made when they are asked for; who asks for more has them kept. */
    private static final int ASKED_MAX = 64;

    /** What makes the rows of sides; it goes from each state to the next. One thread. */
    record Makers(TierRows admin, GrantRows policies, TierRows baseline, NumberedCores numbered) {}

    private final Columns admin;
    private final Columns policies;
    private final Columns baseline;
    private final SelectedRows ofAdmin;
    private final SelectedRows ofBaseline;

    /** Each core once; what stands behind those that classes have is another state's. */
    private final Core[] cores;

    /** For each class the number of its core. */
    private final PeerNumbers ofClass;

    /** Sides so far, each once. */
    private final Map<Side, Side> sides = new ConcurrentHashMap<>();

    /** Where threads count past each other they are kept a little later. */
    private int asked;

    /** By class, so far; whoever makes one makes the same. */
    private volatile @Nullable Side @Nullable [] kept;

    private Sides(Makers makers, PeerNumbers ofClass) {
        this.admin = makers.admin().columns();
        this.policies = makers.policies().columns();
        this.baseline = makers.baseline().columns();
        this.ofAdmin = makers.admin().selected();
        this.ofBaseline = makers.baseline().selected();
        this.cores = makers.numbered().cores();
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
        Makers makers = new Makers(admin, grants, baseline, new NumberedCores(16));
        int[] ofClass = new int[topology.classes().size()];
        for (int c = 0; c < ofClass.length; c++) {
            PodClass subject = topology.classes().get(c);
            Core core = new Core(
                    grants.row(c), ofMesh.row(subject, direction), doubt(policies.unanalysed(), subject, direction));
            ofClass[c] = makers.numbered().number(core);
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
            Makers later = new Makers(
                    makers.admin().later(step, Tier.ADMIN),
                    grants,
                    makers.baseline().later(step, Tier.BASELINE),
                    makers.numbered());
            PeerNumbers laterOfClass = ofClass(step, direction, later);
            later.numbered().tidy(laterOfClass);
            return new Made(new Sides(later, laterOfClass), later);
        });
    }

    /**
     * For each class the number of its core.
     *
     * @param makers of the later state, whose cores are those of before
     */
    private PeerNumbers ofClass(Step step, Direction direction, Makers makers) {
        boolean doubts = !step.before().unanalysed().equals(step.policies().unanalysed());
        boolean meshed = !step.mesh().isEmpty();
        MeshRows mesh = new MeshRows(step.topology(), step.mesh());
        NumberedCores numbered = makers.numbered();
        PeerNumbers later = ofClass.later(step.since());
        List<NamespaceBlock> blocks = step.topology().blocks();
        for (int b = 0; b < blocks.size(); b++) {
            NamespaceBlock block = blocks.get(b);
            boolean changed = step.namespaces().contains(block.namespace());
            boolean others = changed || doubts || meshed;
            if (step.since().same(b) >= 0 && !others) {
                continue;
            }
            int[] numbers = later.piece(b);
            for (int c = block.first(); c < block.end(); c++) {
                int number = numbers[c - block.first()];
                if (number >= 0 && !others) {
                    continue;
                }
                PodClass subject = step.topology().classes().get(c);
                Core before = number < 0 ? null : numbered.cores()[number];
                Core core = new Core(
                        before == null || changed ? makers.policies().row(c) : before.policies(),
                        meshed ? mesh.row(subject, direction) : Row.UNTOUCHED,
                        before == null || doubts
                                ? doubt(step.policies().unanalysed(), subject, direction)
                                : before.doubt());
                later.set(c, core.equals(before) ? number : numbered.number(core));
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
        @Nullable Side[] known = kept;
        if (known == null) {
            if (++asked <= ASKED_MAX) {
                return made(subject);
            }
            known = new Side[ofClass.size()];
            kept = known;
        }
        Side side = known[subject];
        if (side == null) {
            side = made(subject);
            known[subject] = side;
        }
        return side;
    }

    private Side made(int subject) {
        Core core = cores[ofClass.of(subject)];
        Side side = new Side(ofAdmin.row(subject), core.policies(), ofBaseline.row(subject), core.mesh(), core.doubt());
        Side same = sides.putIfAbsent(side, side);
        return same == null ? side : same;
    }

    /** What policies on the side of a class say of a peer, by number. */
    Verdict at(int subject, int peer) {
        Side side = of(subject);
        return side.inSlot(slot(side, peer));
    }

    /** The same as if there were no mesh. */
    Verdict withoutMesh(int subject, int peer) {
        Side side = of(subject);
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
