package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * Which class reaches which: a connection needs the sender's egress and the receiver's ingress, port by port. Pairs are
 * looked up in the rows of both sides and never stored. Immutable, any thread.
 */
public final class ClassGraph {

    private final Topology topology;
    private final Sides ingress;
    private final Sides egress;
    private final MeshPolicies mesh;

    /** What selectors mean here, looked up once for rows and for explanations. */
    private final PeerSets ofNetworkPolicy;

    private final PeerSets ofTiers;

    private volatile @Nullable Fold fold;

    ClassGraph(
            Topology topology,
            Sides ingress,
            Sides egress,
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
        return FollowedGraph.of(topology, policies, mesh).graph();
    }

    /** Classes that do not differ in anything folded into one; made when it is first asked for. */
    public Fold fold() {
        Fold made = fold;
        if (made == null) {
            made = new Fold(this);
            fold = made;
        }
        return made;
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
        Verdict sent = egress.at(source, destination);
        Verdict verdict = sent.possible().isEmpty() ? sent : sent.and(ingress.at(destination, source));
        return from.host() == to.host() ? verdict : new Verdict(verdict.allowed(), PortSet.ALL);
    }

    /** What an external range may send to pods of a class. */
    public Verdict fromRange(int range, int destination) {
        return ingress.at(destination, topology.peerOfRange(range));
    }

    /** What pods of a class may send to an external range. */
    public Verdict toRange(int source, int range) {
        return egress.at(source, topology.peerOfRange(range));
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
                Verdict here = egress.withoutMesh(source, topology.peerOfRange(range));
                all = all.and(here);
                any = any.or(here);
            }
        }
        PortSet tcp = PortSet.of(Protocol.TCP, 1, PortSet.PORT_MAX);
        return new Verdict(all.allowed().intersect(tcp), any.possible().intersect(tcp));
    }

    /** What pods of a class may send to, or receive from, a stranger, as far as policies on the pods' own side have it. */
    Verdict withStranger(int subject, Direction direction, int stranger) {
        return at(subject, direction, topology.peerOfStranger(stranger));
    }

    /** What policies on the side of a class say of a peer, by number. */
    Verdict at(int subject, Direction direction, int peer) {
        return sides(direction).at(subject, peer);
    }

    Sides sides(Direction direction) {
        return switch (direction) {
            case INGRESS -> ingress;
            case EGRESS -> egress;
        };
    }

    /** Whether any policy speaks of pods of a class in the direction. */
    boolean isSelected(int subject, Direction direction) {
        return sides(direction).of(subject).isSelected();
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
                    Verdict verdict = at(subject, direction, topology.peerOfRange(range));
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
