package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one side allows: the ports per peer, peers with the same ports in one group. Immutable once built. */
final class Row {

    /** Of a pod that no policy isolates. */
    static final Row OPEN = new Row(List.of(), PortSet.ALL);

    /** Peers by number; never changed after the row is built. */
    private record Group(BitSet peers, PortSet ports) {}

    private final List<Group> groups;
    private final PortSet others;

    private Row(List<Group> groups, PortSet others) {
        this.groups = groups;
        this.others = others;
    }

    PortSet ports(int peer) {
        for (Group group : groups) {
            if (group.peers().get(peer)) {
                return group.ports();
            }
        }
        return others;
    }

    /** Unites allowances into disjoint groups. Not safe for use by two threads at once. */
    static final class Builder {

        private Map<PortSet, BitSet> groups = new LinkedHashMap<>();

        /** Allows the ports for the peers, on top of what was allowed before. */
        void allow(BitSet peers, PortSet ports) {
            if (ports.isEmpty() || peers.isEmpty()) {
                return;
            }
            BitSet fresh = (BitSet) peers.clone();
            Map<PortSet, BitSet> refined = new LinkedHashMap<>();
            groups.forEach((had, members) -> {
                BitSet both = (BitSet) members.clone();
                both.and(peers);
                BitSet rest = (BitSet) members.clone();
                rest.andNot(peers);
                fresh.andNot(members);
                put(refined, had, rest);
                put(refined, had.union(ports), both);
            });
            put(refined, ports, fresh);
            groups = refined;
        }

        private static void put(Map<PortSet, BitSet> groups, PortSet ports, BitSet members) {
            if (!members.isEmpty()) {
                groups.computeIfAbsent(ports, unused -> new BitSet()).or(members);
            }
        }

        Row build() {
            List<Group> disjoint = new ArrayList<>(groups.size());
            groups.forEach((ports, members) -> disjoint.add(new Group(members, ports)));
            return new Row(List.copyOf(disjoint), PortSet.NONE);
        }
    }
}
