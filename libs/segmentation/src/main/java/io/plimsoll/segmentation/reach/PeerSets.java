package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.topology.ExternalRanges;
import io.plimsoll.segmentation.topology.NamespaceBlock;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Stranger;
import io.plimsoll.segmentation.topology.Topology;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which peers a selector means, by number; equal selectors of different policies are looked up once. One thread. */
final class PeerSets {

    private final Topology topology;
    private final Predicate<PodClass> selectable;
    private final Predicate<PodClass> onNode;
    private final Map<Peer, Matched> known = new HashMap<>();

    /**
     * @param selectable pods that selectors can mean
     * @param onNode pods that have the address of their node
     */
    private PeerSets(Topology topology, Predicate<PodClass> selectable, Predicate<PodClass> onNode) {
        this.topology = topology;
        this.selectable = selectable;
        this.onNode = onNode;
    }

    /** As NetworkPolicy sees it: what arrives from a host pod has the address of a node. */
    static PeerSets ofNetworkPolicy(Topology topology) {
        return new PeerSets(topology, pod -> !pod.host(), PodClass::host);
    }

    /** As cluster-wide policies see it, which leave out every pod on the host's network. */
    static PeerSets ofTiers(Topology topology) {
        return new PeerSets(topology, pod -> !pod.hostNetwork(), PodClass::hostNetwork);
    }

    /** The peers that any of the selectors means. */
    Matched of(Collection<Peer> peers) {
        if (peers.size() == 1) {
            return of(peers.iterator().next());
        }
        BitSet certain = new BitSet(topology.peers());
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
        Matched matched = known.get(peer);
        if (matched == null) {
            matched = find(peer);
            known.put(peer, matched);
        }
        return matched;
    }

    private Matched find(Peer peer) {
        BitSet certain = new BitSet(topology.peers());
        BitSet unsure = new BitSet();
        switch (peer) {
            case Peer.Everyone everyone -> certain.set(0, topology.peers());
            case Peer.Pods pods -> {
                addPods(pods, certain);
                addStrangers(certain, stranger -> stranger.isMeantBy(pods));
            }
            case Peer.Addresses addresses -> {
                addRanges(addresses.ranges(), certain);
                addAddressed(addresses.ranges(), onNode, certain, unsure);
            }
            case Peer.Networks networks -> {
                addRanges(networks.ranges(), certain);
                addAddressed(networks.ranges(), pod -> true, certain, unsure);
                addStrangers(coversEverything(networks.ranges()) ? certain : unsure, stranger -> true);
            }
            case Peer.Nodes nodes -> {
                BitSet hosts = nodes.labels().isEverything() ? certain : unsure;
                addClasses(PodClass::hostNetwork, hosts);
            }
            case Peer.Domains domains ->
                unsure.set(
                        topology.peerOfRange(0),
                        topology.peerOfRange(topology.ranges().size()));
        }
        return new Matched(certain, unsure);
    }

    private void addPods(Peer.Pods pods, BitSet found) {
        for (NamespaceBlock block : topology.blocks()) {
            if (pods.namespaces().matches(block.namespace(), block.labels())) {
                for (int c = block.first(); c < block.end(); c++) {
                    PodClass candidate = topology.classes().get(c);
                    if (selectable.test(candidate) && pods.pods().matches(candidate.labels())) {
                        found.set(c);
                    }
                }
            }
        }
    }

    private void addRanges(List<AddressRange> asked, BitSet found) {
        ExternalRanges ranges = topology.ranges();
        for (AddressRange range : asked) {
            found.set(topology.peerOfRange(ranges.firstOf(range)), topology.peerOfRange(ranges.endOf(range)));
        }
    }

    private void addClasses(Predicate<PodClass> wanted, BitSet found) {
        for (int c = 0; c < topology.classes().size(); c++) {
            if (wanted.test(topology.classes().get(c))) {
                found.set(c);
            }
        }
    }

    /** Pods by their address; one whose address is not known may have any. */
    private void addAddressed(List<AddressRange> asked, Predicate<PodClass> wanted, BitSet certain, BitSet unsure) {
        BitSet unlocated = coversEverything(asked) ? certain : unsure;
        for (int c = 0; c < topology.classes().size(); c++) {
            PodClass pod = topology.classes().get(c);
            if (!wanted.test(pod)) {
                continue;
            }
            if (pod.location().isEmpty()) {
                unlocated.set(c, !asked.isEmpty());
            } else if (asked.stream()
                    .anyMatch(range -> range.contains(pod.location().get()))) {
                certain.set(c);
            }
        }
    }

    private static boolean coversEverything(List<AddressRange> ranges) {
        for (AddressFamily family : AddressFamily.values()) {
            if (!AddressRange.every(family).without(ranges).isEmpty()) {
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
