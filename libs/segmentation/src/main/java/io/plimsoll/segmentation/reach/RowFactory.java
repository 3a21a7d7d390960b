package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Makes the row of a class from the policies that select it. Classes with the same grants share one row, whichever policies
 * the grants come from. One thread.
 */
final class RowFactory {

    private final Topology topology;
    private final PolicySet policies;
    private final PeerSets peerSets;
    private final Map<Set<Grant>, Row> known = new HashMap<>();
    private final BitSet hosts = new BitSet();

    RowFactory(Topology topology, PolicySet policies) {
        this.topology = topology;
        this.policies = policies;
        this.peerSets = new PeerSets(topology);
        for (int c = 0; c < topology.classes().size(); c++) {
            hosts.set(c, topology.classes().get(c).host());
        }
    }

    /** What the policies let a pod of the class receive, or send. */
    Row row(PodClass subject, Direction direction) {
        if (subject.host()) {
            return Row.OPEN;
        }
        boolean isolated = false;
        Set<Grant> grants = new HashSet<>();
        for (var policy : policies.in(subject.namespace())) {
            isolated |= policy.isolates(subject.labels(), direction);
            for (Rule rule : policy.rulesFor(subject.labels(), direction)) {
                grants.add(
                        switch (direction) {
                            case INGRESS -> rule.grant().at(subject.ports());
                            case EGRESS -> rule.grant();
                        });
            }
        }
        return isolated ? known.computeIfAbsent(Set.copyOf(grants), this::build) : Row.OPEN;
    }

    private Row build(Set<Grant> grants) {
        Row.Builder row = new Row.Builder();
        for (Grant grant : grants) {
            BitSet peers = new BitSet(topology.peers());
            for (Peer peer : grant.peers()) {
                peers.or(peerSets.of(peer));
            }
            row.allow(peers, grant.ports().fixed());
            if (!grant.ports().named().isEmpty()) {
                allowNamed(row, peers, grant);
            }
        }
        row.allow(hosts, fromEveryAddress(row.build()));
        return row.build();
    }

    /** Names of ports mean what the destination pod says; external addresses say nothing. */
    private void allowNamed(Row.Builder row, BitSet destinations, Grant grant) {
        Map<PortSet, BitSet> byPorts = new HashMap<>();
        int classes = topology.classes().size();
        for (int c = destinations.nextSetBit(0); c >= 0 && c < classes; c = destinations.nextSetBit(c + 1)) {
            PortSet ports = grant.ports().at(topology.classes().get(c).ports());
            byPorts.computeIfAbsent(ports, unused -> new BitSet()).set(c);
        }
        byPorts.forEach((ports, members) -> row.allow(members, ports));
    }

    /** A host pod has the address of its node, which is not known: certain is only what every address may do. */
    private PortSet fromEveryAddress(Row row) {
        PortSet shared = PortSet.ALL;
        for (int range = 0; range < topology.ranges().size() && !shared.isEmpty(); range++) {
            shared = shared.intersect(row.ports(topology.peerOfRange(range)));
        }
        return shared;
    }
}
