package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.NetworkPolicy;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the row of a class in one direction from the NetworkPolicies that select it. Classes with the same grants share one row, whichever
 * policies the grants come from. One thread.
 */
final class GrantRows {

    private final Topology topology;
    private final PolicySet policies;
    private final Direction direction;
    private final ClassIndex index;
    private final Columns columns;
    private final ColumnSets sets;
    private final Map<String, List<Asked>> byNamespace = new HashMap<>();
    private final Map<Grant, Integer> numbers = new HashMap<>();
    private final List<Grant> grants = new ArrayList<>();
    private final Map<Rule, Map<NamedPorts, Integer>> numbersOf = new IdentityHashMap<>();

    /** By the numbers of the grants. */
    private final Map<BitSet, Row> known = new HashMap<>();

    /** One policy with the classes that each of its readings selects. */
    private record Asked(DeclaredPolicy policy, List<BitSet> subjects) {

        boolean isolates(int subject, Direction direction) {
            for (int r = 0; r < subjects.size(); r++) {
                if (!subjects.get(r).get(subject)
                        || !policy.readings().get(r).rules().containsKey(direction)) {
                    return false;
                }
            }
            return true;
        }
    }

    GrantRows(Topology topology, PolicySet policies, Direction direction, ClassIndex index, PeerSets peerSets) {
        this.topology = topology;
        this.policies = policies;
        this.direction = direction;
        this.index = index;
        BitSet hosts = new BitSet();
        for (int c = 0; c < topology.classes().size(); c++) {
            hosts.set(c, topology.classes().get(c).host());
        }
        Set<Peer> peers = new LinkedHashSet<>();
        boolean named = false;
        for (NetworkPolicy policy : policies.readings()) {
            for (Rule rule : policy.rules(direction)) {
                peers.addAll(rule.grant().peers());
                named |= !rule.grant().ports().named().isEmpty();
            }
        }
        List<BitSet> told =
                peers.stream().map(peer -> peerSets.of(List.of(peer)).certain()).toList();
        this.columns = Columns.of(topology, told, named && direction == Direction.EGRESS, hosts);
        this.sets = new ColumnSets(columns, peerSets);
    }

    Columns columns() {
        return columns;
    }

    /** What NetworkPolicies say of a pod of the class; untouched when none isolates it. */
    Row row(int subject) {
        PodClass pod = topology.classes().get(subject);
        if (pod.host()) {
            return Row.UNTOUCHED;
        }
        boolean isolated = false;
        BitSet granted = new BitSet();
        for (Asked asked : byNamespace.computeIfAbsent(pod.namespace(), this::asked)) {
            isolated |= asked.isolates(subject, direction);
            for (int r = 0; r < asked.subjects().size(); r++) {
                if (asked.subjects().get(r).get(subject)) {
                    for (Rule rule : asked.policy().readings().get(r).rules(direction)) {
                        granted.set(number(rule, pod.ports()));
                    }
                }
            }
        }
        return isolated ? known.computeIfAbsent(granted, this::build) : Row.UNTOUCHED;
    }

    private List<Asked> asked(String namespace) {
        return policies.in(namespace).stream()
                .map(policy -> new Asked(
                        policy,
                        policy.readings().stream()
                                .map(reading -> index.of(reading.subject()))
                                .toList()))
                .toList();
    }

    /** Equal grants of different policies have one number. Names of ports are those of the pods that receive. */
    private int number(Rule rule, NamedPorts subject) {
        boolean resolved =
                direction == Direction.INGRESS && !rule.grant().ports().named().isEmpty();
        return numbersOf
                .computeIfAbsent(rule, unused -> new HashMap<>(2))
                .computeIfAbsent(
                        resolved ? subject : NamedPorts.NONE,
                        ports -> number(resolved ? rule.grant().at(ports) : rule.grant()));
    }

    private int number(Grant grant) {
        return numbers.computeIfAbsent(grant, fresh -> {
            grants.add(fresh);
            return grants.size() - 1;
        });
    }

    private Row build(BitSet granted) {
        Row.Builder row = new Row.Builder(Standing.DENIED);
        for (int g = granted.nextSetBit(0); g >= 0; g = granted.nextSetBit(g + 1)) {
            Grant grant = grants.get(g);
            BitSet peers = sets.of(grant.peers()).certain();
            allow(row, peers, grant.ports().fixed());
            if (!grant.ports().named().isEmpty()) {
                allowNamed(row, peers, grant);
            }
        }
        if (columns.anywhere() >= 0) {
            // A host pod has the address of its node: where that is not known, it may be any.
            Standing any = row.anyOf(columns.ranges());
            BitSet unlocated = new BitSet();
            unlocated.set(columns.anywhere());
            row.change(unlocated, unused -> any);
        }
        return row.build(columns.size());
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
        for (int column = destinations.nextSetBit(0); column >= 0; column = destinations.nextSetBit(column + 1)) {
            PortSet ports = grant.ports().at(columns.names(column));
            byPorts.computeIfAbsent(ports, unused -> new BitSet()).set(column);
        }
        byPorts.forEach((ports, members) -> allow(row, members, ports));
        BitSet strangers = (BitSet) destinations.clone();
        strangers.and(columns.strangers());
        PortSet any = grant.ports().anyNumbers();
        row.change(strangers, standing -> standing.allowPerhaps(any));
    }
}
