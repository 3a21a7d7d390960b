package io.plimsoll.segmentation;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.Coverage;
import io.plimsoll.segmentation.policy.PolicyProblem;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.reach.Ambiguous;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What there is to say of a cluster's policies themselves, without who reaches whom: far less has to be worked out for it. Immutable, any thread.
 *
 * @param problems what is wrong with policies, and where pods of one owner are not the same to them; in the order of identity
 * @param coverage how much of what was found is analysed
 */
public record PolicyReview(List<PolicyProblem> problems, Coverage coverage) {

    public PolicyReview {
        problems = List.copyOf(problems);
    }

    /**
     * As {@link Reachability} says it with the default options.
     *
     * @param workloads of the cluster, each identity once, in any order
     */
    public static PolicyReview of(ClusterState state, List<Workload> workloads) {
        ReachabilityOptions options = ReachabilityOptions.DEFAULTS;
        PolicySet policies = PolicySet.of(state);
        MeshPolicies mesh = MeshPolicies.of(state, options.mesh());
        Vocabulary vocabulary = mesh.vocabulary(Vocabulary.of(policies));
        return of(policies, Topology.of(state, workloads, vocabulary, options.hostNetwork(), mesh), mesh);
    }

    static PolicyReview of(PolicySet policies, Topology topology, MeshPolicies mesh) {
        List<PolicyProblem> problems = new ArrayList<>(policies.problems());
        problems.addAll(topology.differingPods());
        problems.addAll(mesh.problems());
        problems.addAll(Ambiguous.of(topology, policies));
        Collections.sort(problems);
        return new PolicyReview(problems, Coverage.of(policies).with(mesh.size()));
    }
}
