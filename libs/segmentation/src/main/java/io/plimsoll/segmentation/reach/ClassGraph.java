package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * Which class reaches which: a connection needs the sender's egress and the receiver's ingress, port by port. Pairs are
 * looked up in the rows of both sides and never stored. Immutable, any thread.
 */
public final class ClassGraph {

    private final Topology topology;
    private final List<Row> ingress;
    private final List<Row> egress;

    private ClassGraph(Topology topology, List<Row> ingress, List<Row> egress) {
        this.topology = topology;
        this.ingress = ingress;
        this.egress = egress;
    }

    public static ClassGraph of(Topology topology, PolicySet policies) {
        RowFactory factory = new RowFactory(topology, policies);
        List<Row> ingress = new ArrayList<>();
        List<Row> egress = new ArrayList<>();
        for (PodClass subject : topology.classes()) {
            ingress.add(factory.row(subject, Direction.INGRESS));
            egress.add(factory.row(subject, Direction.EGRESS));
        }
        return new ClassGraph(topology, List.copyOf(ingress), List.copyOf(egress));
    }

    public Topology topology() {
        return topology;
    }

    /** Ports on which pods of one class certainly reach pods of another. */
    PortSet allowed(int source, int destination) {
        PortSet sent = egress.get(source).ports(destination);
        return sent.isEmpty() ? sent : sent.intersect(ingress.get(destination).ports(source));
    }

    /**
     * Ports on which it cannot be told. Between a host pod and another it depends on the node's address, and on whether both
     * are on one node, where traffic always passes.
     */
    PortSet uncertain(int source, int destination) {
        boolean oneIsHost = topology.classes().get(source).host()
                != topology.classes().get(destination).host();
        return oneIsHost ? PortSet.ALL.minus(allowed(source, destination)) : PortSet.NONE;
    }

    /** Ports on which an external range reaches pods of a class. */
    PortSet fromRange(int range, int destination) {
        return ingress.get(destination).ports(topology.peerOfRange(range));
    }

    /** Ports on which pods of a class reach an external range. */
    PortSet toRange(int source, int range) {
        return egress.get(source).ports(topology.peerOfRange(range));
    }
}
