package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Peer;
import java.util.BitSet;
import java.util.Collection;

/** Which peers rules mean, for who judges rules one by one. Any thread; what is answered is not to be changed. */
public final class RulePeers {

    private final PeerSets sets;

    private RulePeers(PeerSets sets) {
        this.sets = sets;
    }

    /** As NetworkPolicy sees peers: pods that are treated as their node are none that a selector means. */
    public static RulePeers ofNetworkPolicy(ClassGraph graph) {
        return new RulePeers(graph.ofNetworkPolicy());
    }

    /** As cluster-wide policies see peers. */
    public static RulePeers ofTiers(ClassGraph graph) {
        return new RulePeers(graph.ofTiers());
    }

    /** Peers that any of the selectors means for sure, by number. */
    public BitSet certain(Collection<Peer> peers) {
        return sets.of(peers).certain();
    }

    /** Further peers that any of the selectors may mean. */
    public BitSet unsure(Collection<Peer> peers) {
        return sets.of(peers).unsure();
    }

    /** The classes of pods that a policy with this subject selects. */
    public BitSet selected(Peer.Pods subject) {
        return sets.selected(subject);
    }
}
