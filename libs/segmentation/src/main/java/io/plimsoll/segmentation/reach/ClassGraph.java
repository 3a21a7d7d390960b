package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which class reaches which: a connection needs the sender's egress and the receiver's ingress, port by port. Pairs are
 * looked up in the rows of both sides and never stored. Immutable, any thread.
 */
public final class ClassGraph {

    /** Where there are fewer classes, a second thread is not worth its start. */
    private static final int PARALLEL_MIN = 500;

    private final Topology topology;
    private final List<Side> ingress;
    private final List<Side> egress;
    private final MeshPolicies mesh;

    /** What selectors mean here, looked up once for rows and for explanations. */
    private final PeerSets ofNetworkPolicy;

    private final PeerSets ofTiers;

    private ClassGraph(
            Topology topology,
            List<Side> ingress,
            List<Side> egress,
            MeshPolicies mesh,
            PeerSets ofNetworkPolicy,
            PeerSets ofTiers) {
        this.topology = topology;
        this.ofNetworkPolicy = ofNetworkPolicy;
        this.ofTiers = ofTiers;
        this.ingress = ingress;
        this.egress = egress;
        this.mesh = mesh;
    }

    /** Of a cluster without a mesh. */
    public static ClassGraph of(Topology topology, PolicySet policies) {
        return of(topology, policies, MeshPolicies.NONE);
    }

    public static ClassGraph of(Topology topology, PolicySet policies, MeshPolicies mesh) {
        ClassIndex index = topology.index();
        PeerSets ofNetworkPolicy = PeerSets.ofNetworkPolicy(index, topology);
        PeerSets ofTiers = PeerSets.ofTiers(index, topology);
        // Neither direction asks the other.
        Stream<Direction> directions = Stream.of(Direction.INGRESS, Direction.EGRESS);
        List<List<Side>> sides = (topology.classes().size() < PARALLEL_MIN ? directions : directions.parallel())
                .map(direction -> sides(
                        topology, new Sides(topology, policies, mesh, index, ofNetworkPolicy, ofTiers), direction))
                .toList();
        return new ClassGraph(topology, sides.get(0), sides.get(1), mesh, ofNetworkPolicy, ofTiers);
    }

    private static List<Side> sides(Topology topology, Sides sides, Direction direction) {
        List<Side> all = new ArrayList<>();
        for (int c = 0; c < topology.classes().size(); c++) {
            all.add(sides.side(c, direction));
        }
        return List.copyOf(all);
    }

    /** Cluster-wide policies whose order is not defined although it matters; computed anew each time. */
    public List<PolicyProblem> ambiguous(PolicySet policies) {
        return Stream.of(Tier.values())
                .flatMap(tier -> new TierRows(topology, policies.tiers(), tier, ofTiers).ambiguous().stream())
                .toList();
    }

    /** As NetworkPolicy sees peers. */
    PeerSets ofNetworkPolicy() {
        return ofNetworkPolicy;
    }

    /** As cluster-wide policies see peers. */
    PeerSets ofTiers() {
        return ofTiers;
    }

    public Topology topology() {
        return topology;
    }

    /** What the mesh says on top. */
    public MeshPolicies mesh() {
        return mesh;
    }

    /**
     * What pods of one class may send to pods of another. Between a host pod and another it depends on the node's address, and
     * on whether both are on one node, where traffic always passes.
     */
    public Verdict between(int source, int destination) {
        PodClass from = topology.classes().get(source);
        PodClass to = topology.classes().get(destination);
        if (!from.sharesFamilyWith(to)) {
            return Verdict.CLOSED;
        }
        Verdict sent = egress.get(source).at(destination);
        Verdict verdict = sent.possible().isEmpty()
                ? sent
                : sent.and(ingress.get(destination).at(source));
        return from.host() == to.host() ? verdict : new Verdict(verdict.allowed(), PortSet.ALL);
    }

    /** What an external range may send to pods of a class. */
    public Verdict fromRange(int range, int destination) {
        return ingress.get(destination).at(topology.peerOfRange(range));
    }

    /** What pods of a class may send to an external range. */
    public Verdict toRange(int source, int range) {
        return egress.get(source).at(topology.peerOfRange(range));
    }

    /**
     * What pods of a class may send to a name outside, of which nobody says the addresses: on TCP what goes to every address
     * is certain, what goes to any is possible. That a mesh's proxy refuses what it does not know is no matter for a name it knows.
     */
    public Verdict toNames(int source) {
        Verdict all = Verdict.OPEN;
        Verdict any = Verdict.CLOSED;
        for (int range = 0; range < topology.ranges().size(); range++) {
            if (topology.ranges().get(range).family() == AddressFamily.IPV4) {
                Verdict here = egress.get(source).withoutMesh(topology.peerOfRange(range));
                all = all.and(here);
                any = any.or(here);
            }
        }
        PortSet tcp = PortSet.of(Protocol.TCP, 1, PortSet.PORT_MAX);
        return new Verdict(all.allowed().intersect(tcp), any.possible().intersect(tcp));
    }

    /** What pods of a class may send to, or receive from, a stranger, as far as policies on the pods' own side have it. */
    Verdict withStranger(int subject, Direction direction, int stranger) {
        return side(subject, direction).at(topology.peerOfStranger(stranger));
    }

    Side side(int subject, Direction direction) {
        return switch (direction) {
            case INGRESS -> ingress.get(subject);
            case EGRESS -> egress.get(subject);
        };
    }

    /** Whether any policy speaks of pods of a class in the direction. */
    boolean isSelected(int subject, Direction direction) {
        return side(subject, direction).isSelected();
    }

    /** Whether policies on the pods' own side leave a direction open to everyone on every port. */
    public Openness openness(int subject, Direction direction) {
        Verdict everyone = withStranger(subject, direction, 0);
        boolean certain = everyone.allowed().isAll();
        boolean possible = everyone.possible().isAll();
        for (AddressFamily family : AddressFamily.values()) {
            boolean certainOutside = true;
            boolean possibleOutside = true;
            for (int range = 0; range < topology.ranges().size(); range++) {
                if (topology.ranges().get(range).family() == family) {
                    Verdict verdict = side(subject, direction).at(topology.peerOfRange(range));
                    certainOutside &= verdict.allowed().isAll();
                    possibleOutside &= verdict.possible().isAll();
                }
            }
            certain |= certainOutside;
            possible |= possibleOutside;
        }
        if (certain) {
            return Openness.OPEN;
        }
        return possible ? Openness.UNKNOWN : Openness.CLOSED;
    }
}
