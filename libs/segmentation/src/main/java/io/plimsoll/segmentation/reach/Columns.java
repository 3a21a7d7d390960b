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
import org.jspecify.annotations.Nullable;

/**
 * Peers sorted into columns: those that no rule of one tier and direction tells apart are one. Rows speak of columns, so their size is that
 * of what policies say and not of who is there. Immutable, any thread.
 */
final class Columns {

    private final Topology topology;
    private final PeerNumbers ofPeer;
    private final int size;
    private final int anywhere;

    /** Whether rules ask for the names that peers have for ports. */
    private final boolean named;

    /** Classes that speak for a column where nobody else is in it. */
    private final BitSet hosts;

    private final BitSet strangers;
    private final BitSet ranges;

    /** Null until somebody asks: of most states of a cluster that changes nobody does. */
    private volatile @Nullable Faces faces;

    /**
     * Who speaks for columns.
     *
     * @param names for each column the ports that its members have names for; none where no rule asks
     * @param representatives a peer of each column
     */
    private record Faces(List<NamedPorts> names, BitSet representatives) {}

    private Columns(Topology topology, PeerNumbers ofPeer, int size, int anywhere, boolean named, BitSet hosts) {
        this.topology = topology;
        this.ofPeer = ofPeer;
        this.size = size;
        this.anywhere = anywhere;
        this.named = named;
        this.hosts = hosts;
        this.strangers = new BitSet(size);
        this.ranges = new BitSet(size);
        int[] rest = ofPeer.piece(ofPeer.pieces() - 1);
        for (int place = 0; place < rest.length; place++) {
            (place < topology.ranges().size() ? ranges : strangers).set(rest[place]);
        }
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
        PeerNumbers numbers = PeerNumbers.of(topology, ofPeer);
        return new Columns(topology, numbers, unlocated ? size + 1 : size, unlocated ? size : -1, named, hosts);
    }

    private Faces faces() {
        Faces known = faces;
        if (known == null) {
            // Two threads may each make them: both make the same.
            known = made();
            faces = known;
        }
        return known;
    }

    private Faces made() {
        int[] all = ofPeer.joined();
        int[] first = new int[size];
        // Backwards, so that the first of each column stays.
        for (int peer = all.length - 1; peer >= 0; peer--) {
            if (first[all[peer]] == 0 || !hosts.get(peer)) {
                first[all[peer]] = peer + 1;
            }
        }
        BitSet representatives = new BitSet(all.length);
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
                boolean pods = column != anywhere && peer >= 0 && peer < topology.peerOfRange(0);
                names.add(pods ? topology.classes().get(peer).ports() : NamedPorts.NONE);
            }
        }
        return new Faces(names, representatives);
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
        return new Columns(topology, PeerNumbers.of(topology, ofPeer), ofPeer.length, -1, named, hosts);
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
        PeerNumbers later = placed(step, arrival, onNode, further);
        int size = size() + further.size();
        if (byNames || !sets.isEmpty()) {
            int[] all = later.copied();
            onNode.stream().forEach(host -> all[host] = -1);
            Refinement cells = new Refinement(all, size);
            sets.forEach(cells::by);
            if (byNames) {
                byNames(topology).values().forEach(cells::by);
            }
            cells.parents().forEach(parent -> further.add(new Widened.SplitOff(parent)));
            size = cells.cells();
            onNode.stream().forEach(host -> all[host] = later.at(host));
            later.setAll(all);
        }
        for (int host = onNode.nextSetBit(0); host >= 0; host = onNode.nextSetBit(host + 1)) {
            int range = step.index().location(host);
            if (range < 0 && anywhere < 0) {
                return Optional.empty();
            }
            later.set(host, range < 0 ? anywhere : later.at(topology.peerOfRange(range)));
        }
        Columns columns =
                new Columns(topology, later, size, anywhere, named, step.index().hosts());
        return Optional.of(new Widened(columns, size(), List.copyOf(further)));
    }

    /**
     * The column of each peer as far as rules in force before tell them apart; of those on a node what it was before, or -1.
     *
     * @param further gets columns that nobody was in before
     */
    private PeerNumbers placed(Step step, Arrival arrival, BitSet onNode, List<Widened.Further> further) {
        PeerNumbers later = ofPeer.later(step.since());
        List<Integer> newcomers = step.newcomers().numbers();
        if (newcomers.isEmpty()) {
            return later;
        }
        // What is said of strangers is not said of pods, and of whom nobody is left nobody speaks.
        boolean[] inUse = later.used(size(), onNode);
        Map<Signatures.Signature, Integer> known =
                arrival.signatures().columns(arrival.newcomers(), one -> inUse[one] && !strangers.get(one));
        for (int place = 0; place < newcomers.size(); place++) {
            int peer = newcomers.get(place);
            if (onNode.get(peer)) {
                continue;
            }
            Signatures.Signature signature = arrival.newcomers()[place];
            Integer column = known.get(signature);
            if (column == null) {
                column = size() + further.size();
                further.add(new Widened.Arrived(peer, signature));
                known.put(signature, column);
            }
            later.set(peer, column);
        }
        return later;
    }

    int size() {
        return size;
    }

    int of(int peer) {
        return ofPeer.of(peer);
    }

    /** The column of each peer; not to be changed. */
    int[] ofAll() {
        return ofPeer.joined();
    }

    /** The columns of peers, where the set tells none of its columns apart. */
    BitSet of(BitSet peers) {
        BitSet asked = peers;
        if (faces != null || peers.cardinality() > size) {
            // Fewer are looked up one by one, rather than to find out who speaks for each column.
            asked = (BitSet) peers.clone();
            asked.and(faces().representatives());
        }
        BitSet columns = new BitSet();
        for (int peer = asked.nextSetBit(0); peer >= 0; peer = asked.nextSetBit(peer + 1)) {
            columns.set(ofPeer.of(peer));
        }
        if (anywhere >= 0) {
            columns.clear(anywhere);
        }
        return columns;
    }

    /** The ports that peers of a column have names for. */
    NamedPorts names(int column) {
        return named ? faces().names().get(column) : NamedPorts.NONE;
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
