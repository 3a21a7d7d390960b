package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.topology.ExternalRanges;
import io.plimsoll.segmentation.topology.NamespaceBlock;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which peers a selector means, by number; equal selectors of different policies are looked up once. One thread. */
final class PeerSets {

    private final Topology topology;
    private final Map<Peer, BitSet> known = new HashMap<>();

    PeerSets(Topology topology) {
        this.topology = topology;
    }

    /** The peers meant; not to be changed. */
    BitSet of(Peer peer) {
        return known.computeIfAbsent(peer, this::find);
    }

    private BitSet find(Peer peer) {
        BitSet found = new BitSet(topology.peers());
        switch (peer) {
            case Peer.Everyone everyone -> found.set(0, topology.peers());
            case Peer.Pods pods -> {
                for (NamespaceBlock block : topology.blocks()) {
                    if (pods.namespaces().matches(block.namespace(), block.labels())) {
                        addPods(pods, block, found);
                    }
                }
            }
            case Peer.Addresses addresses -> addresses.ranges().forEach(range -> addRange(range, found));
        }
        return found;
    }

    /** Host pods are left out: what arrives from them has the address of a node. */
    private void addPods(Peer.Pods pods, NamespaceBlock block, BitSet found) {
        for (int c = block.first(); c < block.end(); c++) {
            PodClass candidate = topology.classes().get(c);
            if (!candidate.host() && pods.pods().matches(candidate.labels())) {
                found.set(c);
            }
        }
    }

    private void addRange(AddressRange range, BitSet found) {
        ExternalRanges ranges = topology.ranges();
        found.set(topology.peerOfRange(ranges.firstOf(range)), topology.peerOfRange(ranges.endOf(range)));
    }
}
