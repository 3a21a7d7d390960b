package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Peers sorted into columns: those that no rule of one tier and direction tells apart are one. Rows speak of columns, so their size is that
 * of what policies say and not of who is there. Immutable, any thread.
 */
final class Columns {

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
     * @param hosts classes of {@link PodClass#host}, which speak for a column where nobody else is in it
     */
    static Columns of(Topology topology, Collection<BitSet> sets, boolean named, BitSet onNode, BitSet hosts) {
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
        return numbered(topology, ofPeer, unlocated ? size + 1 : size, unlocated ? size : -1, named, hosts);
    }

    private static Columns numbered(
            Topology topology, int[] ofPeer, int size, int anywhere, boolean named, BitSet hosts) {
        int firstRange = topology.peerOfRange(0);
        int firstStranger = topology.peerOfStranger(0);
        int[] first = new int[size];
        BitSet strangers = new BitSet(size);
        BitSet ranges = new BitSet(size);
        for (int peer = firstRange; peer < ofPeer.length; peer++) {
            (peer < firstStranger ? ranges : strangers).set(ofPeer[peer]);
        }
        // Backwards, so that the first of each column stays.
        for (int peer = ofPeer.length - 1; peer >= 0; peer--) {
            if (first[ofPeer[peer]] == 0 || !hosts.get(peer)) {
                first[ofPeer[peer]] = peer + 1;
            }
        }
        BitSet representatives = new BitSet(ofPeer.length);
        for (int column = 0; column < size; column++) {
            if (column != anywhere && first[column] > 0) {
                representatives.set(first[column] - 1);
            }
        }
        List<NamedPorts> names = Collections.nCopies(size, NamedPorts.NONE);
        if (named) {
            names = new ArrayList<>(size);
            for (int column = 0; column < size; column++) {
                int peer = first[column] - 1;
                boolean pods = column != anywhere && peer >= 0 && peer < firstRange;
                names.add(pods ? topology.classes().get(peer).ports() : NamedPorts.NONE);
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

    /** Every peer in a column of its own. */
    static Columns each(Topology topology, boolean named, BitSet hosts) {
        int[] ofPeer = new int[topology.peers()];
        for (int peer = 0; peer < ofPeer.length; peer++) {
            ofPeer[peer] = peer;
        }
        return numbered(topology, ofPeer, ofPeer.length, -1, named, hosts);
    }

    /** How peers that were not there before find their columns. */
    record Arrival(Signatures signatures, Signatures.Signature[] newcomers) {}

    /**
     * The columns of a later topology, further ones behind those there are: peers that were not there before, or not as they are, go to the
     * column of those that no rule tells them from, or to one of their own, and columns that sets tell apart now are split. Nothing when a
     * host's address is not known and was of all before.
     *
     * @param arrival by what rules in force both before and now say
     * @param sets of peers that rules speak of now and did not before
     * @param named as for {@link #of}
     * @param byNames whether names of ports tell more apart than before
     * @param onNode as there
     */
    Optional<Widened> later(
            Step step, Arrival arrival, Collection<BitSet> sets, boolean named, boolean byNames, BitSet onNode) {
        if (step.samePeers() && sets.isEmpty() && !byNames) {
            return Optional.of(new Widened(this, size(), List.of()));
        }
        Topology topology = step.topology();
        List<Widened.Further> further = new ArrayList<>();
        int[] later = placed(step, arrival, onNode, further);
        int size = size() + further.size();
        if (byNames || !sets.isEmpty()) {
            Refinement cells = new Refinement(later, size);
            sets.forEach(cells::by);
            if (byNames) {
                byNames(topology).values().forEach(cells::by);
            }
            cells.parents().forEach(parent -> further.add(Widened.Further.splitOff(parent)));
            size = cells.cells();
        }
        for (int host = onNode.nextSetBit(0); host >= 0; host = onNode.nextSetBit(host + 1)) {
            var location = topology.classes().get(host).location();
            if (location.isEmpty() && anywhere < 0) {
                return Optional.empty();
            }
            later[host] = location.map(
                            at -> later[topology.peerOfRange(topology.ranges().firstOf(at))])
                    .orElse(anywhere);
        }
        Columns columns =
                numbered(topology, later, size, anywhere, named, step.index().hosts());
        return Optional.of(new Widened(columns, size(), List.copyOf(further)));
    }

    /**
     * The column of each peer as far as rules in force before tell them apart, -1 for those on a node.
     *
     * @param further gets columns that nobody was in before
     */
    private int[] placed(Step step, Arrival arrival, BitSet onNode, List<Widened.Further> further) {
        int[] since = step.since();
        int[] later = new int[since.length];
        BitSet inUse = new BitSet(size());
        List<Integer> newcomers = new ArrayList<>();
        for (int peer = 0; peer < later.length; peer++) {
            if (since[peer] < 0) {
                newcomers.add(peer);
            } else {
                later[peer] = ofPeer[since[peer]];
            }
        }
        for (int host = onNode.nextSetBit(0); host >= 0; host = onNode.nextSetBit(host + 1)) {
            later[host] = -1;
        }
        if (newcomers.isEmpty()) {
            return later;
        }
        for (int peer = 0; peer < later.length; peer++) {
            if (since[peer] >= 0 && later[peer] >= 0) {
                inUse.set(later[peer]);
            }
        }
        // What is said of strangers is not said of pods; and where nobody is left, nobody tells the names of ports.
        inUse.andNot(strangers);
        Map<Signatures.Signature, Integer> known = new HashMap<>();
        for (int peer : newcomers) {
            if (onNode.get(peer)) {
                continue;
            }
            Signatures.Signature signature = arrival.newcomers()[step.newcomers().place(peer)];
            Integer column = known.get(signature);
            if (column == null) {
                column = arrival.signatures()
                        .column(
                                signature,
                                one -> inUse.get(one) && names.get(one).equals(signature.names()));
                if (column < 0) {
                    column = size() + further.size();
                    further.add(Widened.Further.of(peer, signature));
                }
                known.put(signature, column);
            }
            later[peer] = column;
        }
        return later;
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
