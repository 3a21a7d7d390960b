package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
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
 * Makes the row of a class from the NetworkPolicies that select it. Classes with the same grants share one row, whichever
 * policies the grants come from. One thread.
 */
final class GrantRows {

    private final Topology topology;
    private final PolicySet policies;
    private final PeerSets peerSets;
    private final Map<Set<Grant>, Row> known = new HashMap<>();
    private final BitSet hosts = new BitSet();

    GrantRows(Topology topology, PolicySet policies) {
        this.topology = topology;
        this.policies = policies;
        this.peerSets = PeerSets.ofNetworkPolicy(topology);
        for (int c = 0; c < topology.classes().size(); c++) {
            hosts.set(c, topology.classes().get(c).host());
        }
    }

    /** What NetworkPolicies say of a pod of the class; untouched when none isolates it. */
    Row row(PodClass subject, Direction direction) {
        if (subject.host()) {
            return Row.UNTOUCHED;
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
        return isolated ? known.computeIfAbsent(Set.copyOf(grants), this::build) : Row.UNTOUCHED;
    }

    private Row build(Set<Grant> grants) {
        Row.Builder row = new Row.Builder(Standing.DENIED);
        for (Grant grant : grants) {
            BitSet peers = peerSets.of(grant.peers()).certain();
            allow(row, peers, grant.ports().fixed());
            if (!grant.ports().named().isEmpty()) {
                allowNamed(row, peers, grant);
            }
        }
        if (!hosts.isEmpty()) {
            allowHosts(row);
        }
        return row.build();
    }

    private static void allow(Row.Builder row, BitSet peers, PortSet ports) {
        if (!ports.isEmpty()) {
            row.change(peers, standing -> standing.allow(ports));
        }
    }

    /**
     * Names of ports mean what the destination pod says; external addresses say nothing, and of a pod that is not there
     * it is not known what it will say.
     */
    private void allowNamed(Row.Builder row, BitSet destinations, Grant grant) {
        Map<PortSet, BitSet> byPorts = new HashMap<>();
        int classes = topology.classes().size();
        for (int c = destinations.nextSetBit(0); c >= 0 && c < classes; c = destinations.nextSetBit(c + 1)) {
            PortSet ports = grant.ports().at(topology.classes().get(c).ports());
            byPorts.computeIfAbsent(ports, unused -> new BitSet()).set(c);
        }
        byPorts.forEach((ports, members) -> allow(row, members, ports));
        BitSet strangers = (BitSet) destinations.clone();
        strangers.clear(0, topology.peerOfStranger(0));
        PortSet any = grant.ports().anyNumbers();
        row.change(strangers, standing -> standing.allowPerhaps(any));
    }

    /** A host pod has the address of its node: where that is not known, it may be any. */
    private void allowHosts(Row.Builder row) {
        Row sofar = row.build();
        Standing anywhere = sofar.at(topology.peerOfRange(0));
        for (int range = 1; range < topology.ranges().size(); range++) {
            anywhere = anywhere.or(sofar.at(topology.peerOfRange(range)));
        }
        Standing unlocated = anywhere;
        for (int host = hosts.nextSetBit(0); host >= 0; host = hosts.nextSetBit(host + 1)) {
            Standing standing = topology.classes()
                    .get(host)
                    .location()
                    .map(at -> sofar.at(topology.peerOfRange(topology.ranges().firstOf(at))))
                    .orElse(unlocated);
            BitSet one = new BitSet();
            one.set(host);
            row.change(one, unused -> standing);
        }
    }
}
