package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.Topology;
import java.util.Set;

/**
 * From one state of a cluster to the next, as rows see it. Immutable, any thread.
 *
 * @param since for each peer of the later topology the one it was, -1 where there was none
 * @param namespaces whose NetworkPolicies changed
 */
record Step(
        Topology topology,
        int[] since,
        PolicySet before,
        PolicySet policies,
        Set<String> namespaces,
        Vocabulary wordsBefore,
        Vocabulary words,
        MeshPolicies mesh,
        ClassIndex index,
        PeerSets ofNetworkPolicy,
        PeerSets ofTiers,
        Newcomers newcomers) {

    /** Whether policies ask for other ports by name than before. */
    boolean namesChanged() {
        return !wordsBefore.ports().equals(words.ports());
    }
}
