package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.PolicyProblem;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes the row of a class from the cluster-wide policies of one tier that select it. A policy's own row is made once; classes
 * that the same policies select share one row. One thread.
 */
final class TierRows {

    private final Topology topology;
    private final PeerSets peerSets;
    private final List<List<Asked>> bands = new ArrayList<>();
    private final Map<List<List<Row>>, Row> known = new HashMap<>();

    /** One policy with the classes it selects, and its rows so far. */
    private static final class Asked {

        private final TieredPolicy policy;
        private final BitSet subjects;
        private final boolean asksNames;
        private final Map<NamedPorts, Row> ingress = new HashMap<>();
        private final Map<NamedPorts, Row> egress = new HashMap<>();

        Asked(TieredPolicy policy, BitSet subjects) {
            this.policy = policy;
            this.subjects = subjects;
            this.asksNames = policy.rules(Direction.INGRESS).stream()
                    .anyMatch(rule -> !rule.grant().ports().named().isEmpty());
        }
    }

    TierRows(Topology topology, TieredPolicies policies, Tier tier, PeerSets peerSets) {
        this.topology = topology;
        this.peerSets = peerSets;
        for (PriorityBand band : policies.bands(tier)) {
            bands.add(band.readings().stream()
                    .map(policy -> new Asked(policy, peerSets.selected(policy.subject())))
                    .toList());
        }
    }

    /** What the tier says of a pod of the class; pods on the host's network are not its subjects. */
    Row row(int subject, Direction direction) {
        PodClass pod = topology.classes().get(subject);
        if (bands.isEmpty() || pod.hostNetwork()) {
            return Row.UNTOUCHED;
        }
        List<List<Row>> asked = new ArrayList<>();
        for (List<Asked> band : bands) {
            List<Row> equal = new ArrayList<>();
            for (Asked each : band) {
                if (each.subjects.get(subject) && !each.policy.rules(direction).isEmpty()) {
                    equal.add(row(each, direction, pod));
                }
            }
            if (!equal.isEmpty()) {
                asked.add(equal);
            }
        }
        return asked.isEmpty() ? Row.UNTOUCHED : known.computeIfAbsent(asked, TierRows::inOrder);
    }

    /**
     * A word on each policy beside which another of the same priority decides some connection otherwise: network policy API,
     * ClusterNetworkPolicySpec, "the implementation can apply any of the matching policies to the connection".
     */
    List<PolicyProblem> ambiguous() {
        List<PolicyProblem> problems = new ArrayList<>();
        for (List<Asked> band : bands) {
            for (Asked each : band) {
                band.stream()
                        .filter(other -> !other.policy.id().equals(each.policy.id()) && disagree(each, other))
                        .findFirst()
                        .ifPresent(other -> problems.add(PolicyProblem.ambiguous(each.policy, other.policy)));
            }
        }
        return problems;
    }

    private boolean disagree(Asked one, Asked other) {
        if (!one.subjects.intersects(other.subjects)) {
            return false;
        }
        BitSet both = (BitSet) one.subjects.clone();
        both.and(other.subjects);
        for (Direction direction : Direction.values()) {
            boolean oneVoice = Stream.of(one, other)
                            .flatMap(each -> each.policy.rules(direction).stream())
                            .map(TieredRule::action)
                            .distinct()
                            .count()
                    < 2;
            if (oneVoice) {
                continue;
            }
            // Rows differ by the subject only where rules ask for ports by name.
            Set<NamedPorts> asked = new HashSet<>();
            for (int subject = both.nextSetBit(0); subject >= 0; subject = both.nextSetBit(subject + 1)) {
                PodClass pod = topology.classes().get(subject);
                if (asked.add(pod.ports()) && row(one, direction, pod).disagreesWith(row(other, direction, pod))) {
                    return true;
                }
            }
        }
        return false;
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

    private Row row(Asked asked, Direction direction, PodClass subject) {
        return switch (direction) {
            case INGRESS ->
                asked.ingress.computeIfAbsent(
                        asked.asksNames ? subject.ports() : NamedPorts.NONE,
                        names -> build(asked.policy, direction, names));
            case EGRESS ->
                asked.egress.computeIfAbsent(NamedPorts.NONE, names -> build(asked.policy, direction, names));
        };
    }

    private Row build(TieredPolicy policy, Direction direction, NamedPorts names) {
        Row.Builder row = new Row.Builder(Standing.UNTOUCHED);
        for (TieredRule rule : policy.rules(direction)) {
            Grant grant =
                    switch (direction) {
                        case INGRESS -> rule.grant().at(names);
                        case EGRESS -> rule.grant();
                    };
            Matched peers = peerSets.of(grant.peers());
            decide(row, peers.certain(), rule, grant, true);
            decide(row, peers.unsure(), rule, grant, false);
        }
        Row built = row.build();
        return policy.inForce() ? built : built.with(Row.UNTOUCHED, Standing::or);
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
