package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.Since;
import io.plimsoll.segmentation.topology.Topology;
import java.util.Set;

/**
 * From one state of a cluster to the next, as rows see it. Immutable, any thread.
 *
 * @param since which peers of the later topology are which of before
 * @param namespaces whose NetworkPolicies changed
 */
record Step(
        Topology topology,
        Since since,
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

    /** Whether peers are those of before, each with the number it had. */
    boolean samePeers() {
        return since.samePeers();
    }

    /** Whether policies ask for other ports by name than before. */
    boolean namesChanged() {
        return !wordsBefore.ports().equals(words.ports());
    }
}
