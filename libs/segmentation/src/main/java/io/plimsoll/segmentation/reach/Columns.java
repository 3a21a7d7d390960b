package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Peers sorted into columns: those that no rule of one tier and direction tells apart are one. Rows speak of columns, so their size is that
 * of what policies say and not of who is there. Immutable, any thread.
 */
final class Columns {

    /** Of a tier without a rule: everyone is in one column. */
    static Columns one(Topology topology) {
        return of(topology, List.of(), false, new BitSet());
    }

    private final int[] ofPeer;

    /** For each column the ports that its members have names for; none where no rule asks. */
    private final List<NamedPorts> names;

    /** A peer of each column. */
    private final BitSet representatives;

    private final BitSet strangers;
    private final BitSet ranges;
    private final int anywhere;

    private Columns(
            int[] ofPeer,
            List<NamedPorts> names,
            BitSet representatives,
            BitSet strangers,
            BitSet ranges,
            int anywhere) {
        this.ofPeer = ofPeer;
        this.names = names;
        this.representatives = representatives;
        this.strangers = strangers;
        this.ranges = ranges;
        this.anywhere = anywhere;
    }

    /**
     * Sorts the peers.
     *
     * @param sets of peers that rules speak of
     * @param named whether rules ask for ports by the names that the peers have for them
     * @param onNode classes that are whatever has the address of their node, and not of the sets
     */
    static Columns of(Topology topology, Collection<BitSet> sets, boolean named, BitSet onNode) {
        Refinement cells = new Refinement(topology.peers(), onNode);
        sets.forEach(cells::by);
        BitSet strangers = new BitSet();
        strangers.set(topology.peerOfStranger(0), topology.peers());
        cells.by(strangers);
        if (named) {
            byNames(topology).values().forEach(cells::by);
        }
        int size = cells.cells();
        int[] ofPeer = cells.cellOf();
        boolean unlocated = false;
        for (int host = onNode.nextSetBit(0); host >= 0; host = onNode.nextSetBit(host + 1)) {
            var location = topology.classes().get(host).location();
            unlocated |= location.isEmpty();
            ofPeer[host] = location.map(
                            at -> ofPeer[topology.peerOfRange(topology.ranges().firstOf(at))])
                    .orElse(size);
        }
        return numbered(topology, ofPeer, unlocated ? size + 1 : size, unlocated ? size : -1, named);
    }

    private static Columns numbered(Topology topology, int[] ofPeer, int size, int anywhere, boolean named) {
        int firstRange = topology.peerOfRange(0);
        int firstStranger = topology.peerOfStranger(0);
        int[] first = new int[size];
        BitSet strangers = new BitSet();
        BitSet ranges = new BitSet();
        // Backwards, so that the first of each column stays.
        for (int peer = ofPeer.length - 1; peer >= 0; peer--) {
            boolean onNode = peer < firstRange && topology.classes().get(peer).host();
            if (!onNode || first[ofPeer[peer]] == 0) {
                first[ofPeer[peer]] = peer + 1;
            }
            if (peer >= firstStranger) {
                strangers.set(ofPeer[peer]);
            } else if (peer >= firstRange) {
                ranges.set(ofPeer[peer]);
            }
        }
        List<NamedPorts> names = new ArrayList<>(size);
        BitSet representatives = new BitSet();
        for (int column = 0; column < size; column++) {
            int peer = first[column] - 1;
            boolean pods = named && column != anywhere && peer >= 0 && peer < firstRange;
            names.add(pods ? topology.classes().get(peer).ports() : NamedPorts.NONE);
            if (column != anywhere && peer >= 0) {
                representatives.set(peer);
            }
        }
        return new Columns(ofPeer, names, representatives, strangers, ranges, anywhere);
    }

    private static Map<NamedPorts, BitSet> byNames(Topology topology) {
        Map<NamedPorts, BitSet> byNames = new HashMap<>();
        for (int c = 0; c < topology.classes().size(); c++) {
            PodClass pod = topology.classes().get(c);
            if (!pod.ports().numbers().isEmpty()) {
                byNames.computeIfAbsent(pod.ports(), unused -> new BitSet()).set(c);
            }
        }
        return byNames;
    }

    int size() {
        return names.size();
    }

    int of(int peer) {
        return ofPeer[peer];
    }

    /** The columns of peers, where the set tells none of its columns apart. */
    BitSet of(BitSet peers) {
        BitSet asked = (BitSet) peers.clone();
        asked.and(representatives);
        BitSet columns = new BitSet();
        for (int peer = asked.nextSetBit(0); peer >= 0; peer = asked.nextSetBit(peer + 1)) {
            columns.set(ofPeer[peer]);
        }
        return columns;
    }

    /** The ports that peers of a column have names for. */
    NamedPorts names(int column) {
        return names.get(column);
    }

    /** Columns of pods that are not there. */
    BitSet strangers() {
        return strangers;
    }

    /** Columns with external addresses. */
    BitSet ranges() {
        return ranges;
    }

    /** The column of pods that have the address of a node, and nobody says which; -1 where there are none. */
    int anywhere() {
        return anywhere;
    }
}
