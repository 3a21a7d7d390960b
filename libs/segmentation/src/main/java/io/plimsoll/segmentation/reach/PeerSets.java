package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Stranger;
import io.plimsoll.segmentation.topology.Topology;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Which peers a selector means, by number; equal selectors of different policies are looked up once. Any thread. */
final class PeerSets {

    private final Topology topology;
    private final ClassIndex index;

    /** Classes of pods that have the address of their node, which no selector can mean. */
    private final BitSet onNode;

    private final Map<Peer, Matched> known = new ConcurrentHashMap<>();

    private PeerSets(ClassIndex index, Topology topology, BitSet onNode) {
        this.index = index;
        this.topology = topology;
        this.onNode = onNode;
    }

    /** As NetworkPolicy sees it: what arrives from a host pod has the address of a node. */
    static PeerSets ofNetworkPolicy(ClassIndex index, Topology topology) {
        return new PeerSets(index, topology, index.hosts());
    }

    /** As cluster-wide policies see it, which leave out every pod on the host's network. */
    static PeerSets ofTiers(ClassIndex index, Topology topology) {
        return new PeerSets(index, topology, index.onHostsNetwork());
    }

    /** The classes of {@link PodClass#host}. */
    BitSet hosts() {
        return index.hosts();
    }

    /** The classes of pods that a cluster-wide policy or a rule selects by labels. */
    BitSet selected(Peer.Pods pods) {
        BitSet found = index.of(pods);
        if (!onNode.isEmpty() && found.intersects(onNode)) {
            found = (BitSet) found.clone();
            found.andNot(onNode);
        }
        return found;
    }

    /** The peers that any of the selectors means. */
    Matched of(Collection<Peer> peers) {
        if (peers.size() == 1) {
            return of(peers.iterator().next());
        }
        BitSet certain = new BitSet();
        BitSet unsure = new BitSet();
        for (Peer peer : peers) {
            Matched matched = of(peer);
            certain.or(matched.certain());
            unsure.or(matched.unsure());
        }
        unsure.andNot(certain);
        return new Matched(certain, unsure);
    }

    private Matched of(Peer peer) {
        return known.computeIfAbsent(peer, this::find);
    }

    private Matched find(Peer peer) {
        BitSet certain = new BitSet();
        BitSet unsure = new BitSet();
        switch (peer) {
            case Peer.Everyone everyone -> certain.set(0, topology.peers());
            case Peer.Pods pods -> {
                certain.or(selected(pods));
                addStrangers(certain, stranger -> stranger.isMeantBy(pods));
            }
            case Peer.Addresses addresses -> {
                BitSet asked = index.ranges(addresses.ranges());
                addRanges(asked, certain);
                addAddressed(asked, onNode, coversEverything(addresses.ranges()) ? certain : unsure, certain);
            }
            case Peer.Networks networks -> {
                BitSet asked = index.ranges(networks.ranges());
                BitSet everyone = new BitSet();
                everyone.set(0, topology.classes().size());
                addRanges(asked, certain);
                addAddressed(asked, everyone, coversEverything(networks.ranges()) ? certain : unsure, certain);
                addStrangers(coversEverything(networks.ranges()) ? certain : unsure, stranger -> true);
            }
            case Peer.World world -> addRanges(index.ranges(world.ranges()), certain);
            case Peer.Perhaps perhaps -> {
                // Not by way of what is known: a map must not change while it is asked.
                Matched matched = find(perhaps.peer());
                unsure.or(matched.certain());
                unsure.or(matched.unsure());
            }
            case Peer.Nodes nodes -> {
                BitSet hosts = nodes.labels().isEverything() ? certain : unsure;
                hosts.or(index.onHostsNetwork());
            }
            case Peer.Domains domains ->
                unsure.set(
                        topology.peerOfRange(0),
                        topology.peerOfRange(topology.ranges().size()));
        }
        return new Matched(certain, unsure);
    }

    private void addRanges(BitSet asked, BitSet found) {
        for (int range = asked.nextSetBit(0); range >= 0; range = asked.nextSetBit(range + 1)) {
            found.set(topology.peerOfRange(range));
        }
    }

    /**
     * Pods by their address; one whose address is not known may have any.
     *
     * @param unlocated gets those whose address is not known
     */
    private void addAddressed(BitSet asked, BitSet wanted, BitSet unlocated, BitSet certain) {
        if (asked.isEmpty()) {
            return;
        }
        for (int c = wanted.nextSetBit(0); c >= 0; c = wanted.nextSetBit(c + 1)) {
            int location = index.location(c);
            if (location < 0) {
                unlocated.set(c);
            } else if (asked.get(location)) {
                certain.set(c);
            }
        }
    }

    private static boolean coversEverything(List<AddressRange> ranges) {
        for (AddressFamily family : AddressFamily.values()) {
            AddressRange every = AddressRange.every(family);
            // Most do not begin where all addresses do, which is soon told.
            if (ranges.stream().noneMatch(range -> range.first().equals(every.first()))
                    || !every.without(ranges).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void addStrangers(BitSet found, Predicate<Stranger> wanted) {
        for (int s = 0; s < topology.strangers().size(); s++) {
            if (wanted.test(topology.strangers().get(s))) {
                found.set(topology.peerOfStranger(s));
            }
        }
    }
}
