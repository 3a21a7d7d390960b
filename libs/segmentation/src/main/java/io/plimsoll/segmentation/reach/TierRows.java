package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.PriorityBand;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.TieredPolicies;
import io.plimsoll.segmentation.policy.TieredPolicy;
import io.plimsoll.segmentation.policy.TieredRule;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the row of a class from the cluster-wide policies of one tier that select it. A policy's own row is made once; classes
 * that the same policies select share one row. One thread.
 */
final class TierRows {

    /** One policy, seen from pods with these names of ports. */
    private record Reading(TieredPolicy policy, Direction direction, NamedPorts names) {}

    private final Topology topology;
    private final List<PriorityBand> bands;
    private final PeerSets peerSets;
    private final Map<Reading, Row> ofPolicy = new HashMap<>();
    private final Map<List<List<Row>>, Row> known = new HashMap<>();

    TierRows(Topology topology, TieredPolicies policies, Tier tier, PeerSets peerSets) {
        this.topology = topology;
        this.bands = policies.bands(tier);
        this.peerSets = peerSets;
    }

    /** What the tier says of a pod of the class; pods on the host's network are not its subjects. */
    Row row(PodClass subject, Direction direction) {
        if (bands.isEmpty() || subject.hostNetwork()) {
            return Row.UNTOUCHED;
        }
        List<List<Row>> asked = new ArrayList<>();
        for (PriorityBand band : bands) {
            List<Row> equal = new ArrayList<>();
            for (TieredPolicy policy : band.readings()) {
                if (!policy.rules(direction).isEmpty()
                        && policy.subject().matches(subject.namespace(), subject.namespaceLabels(), subject.labels())) {
                    equal.add(row(policy, direction, subject));
                }
            }
            if (!equal.isEmpty()) {
                asked.add(equal);
            }
        }
        return asked.isEmpty() ? Row.UNTOUCHED : known.computeIfAbsent(asked, TierRows::inOrder);
    }

    private static Row inOrder(List<List<Row>> asked) {
        Row row = Row.UNTOUCHED;
        for (List<Row> equal : asked) {
            Row band = equal.getFirst();
            for (Row beside : equal.subList(1, equal.size())) {
                band = band.with(beside, Standing::besides);
            }
            row = row.with(band, Standing::then);
        }
        return row;
    }

    private Row row(TieredPolicy policy, Direction direction, PodClass subject) {
        boolean asksNames = direction == Direction.INGRESS
                && policy.rules(direction).stream()
                        .anyMatch(rule -> !rule.grant().ports().named().isEmpty());
        NamedPorts names = asksNames ? subject.ports() : NamedPorts.NONE;
        return ofPolicy.computeIfAbsent(new Reading(policy, direction, names), this::build);
    }

    private Row build(Reading reading) {
        Row.Builder row = new Row.Builder(Standing.UNTOUCHED);
        for (TieredRule rule : reading.policy().rules(reading.direction())) {
            Grant grant =
                    switch (reading.direction()) {
                        case INGRESS -> rule.grant().at(reading.names());
                        case EGRESS -> rule.grant();
                    };
            Matched peers = peerSets.of(grant.peers());
            decide(row, peers.certain(), rule, grant, true);
            decide(row, peers.unsure(), rule, grant, false);
        }
        Row built = row.build();
        return reading.policy().inForce() ? built : built.with(Row.UNTOUCHED, Standing::or);
    }

    private void decide(Row.Builder row, BitSet peers, TieredRule rule, Grant grant, boolean certain) {
        if (grant.ports().named().isEmpty()) {
            PortSet ports = grant.ports().fixed();
            row.change(peers, standing -> standing.decide(rule.action(), ports, certain));
            return;
        }
        Map<PortSet, BitSet> byPorts = new LinkedHashMap<>();
        int classes = topology.classes().size();
        for (int peer = peers.nextSetBit(0); peer >= 0; peer = peers.nextSetBit(peer + 1)) {
            NamedPorts names = peer < classes ? topology.classes().get(peer).ports() : NamedPorts.NONE;
            byPorts.computeIfAbsent(grant.ports().at(names), unused -> new BitSet())
                    .set(peer);
        }
        byPorts.forEach(
                (ports, members) -> row.change(members, standing -> standing.decide(rule.action(), ports, certain)));
        BitSet strangers = (BitSet) peers.clone();
        strangers.clear(0, topology.peerOfStranger(0));
        PortSet any = grant.ports().anyNumbers();
        row.change(strangers, standing -> standing.decide(rule.action(), any, false));
    }
}
