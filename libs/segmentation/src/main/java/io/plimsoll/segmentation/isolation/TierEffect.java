package io.plimsoll.segmentation.isolation;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.Openness;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.Topology;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all tiers together leave open: where a cluster has policies above or below NetworkPolicy, NetworkPolicies alone do not
 * say whether a workload is isolated. Immutable, any thread.
 */
final class TierEffect {

    private final ClassGraph graph;
    private final Map<ResourceId, Integer> places = new HashMap<>();

    private TierEffect(ClassGraph graph) {
        this.graph = graph;
        for (int w = 0; w < graph.topology().workloads().size(); w++) {
            places.put(graph.topology().workloads().get(w).id(), w);
        }
    }

    /** Nothing where the cluster has no such policies: then NetworkPolicies alone decide. */
    static Optional<TierEffect> of(ClusterState state, List<Workload> workloads, PolicySet policies) {
        if (policies.tiers().readings().isEmpty()) {
            return Optional.empty();
        }
        Topology topology = Topology.of(state, workloads, Vocabulary.of(policies), HostNetwork.AS_NODE);
        return Optional.of(new TierEffect(ClassGraph.of(topology, policies)));
    }

    /** The answer of all tiers, given what NetworkPolicies alone say; the weakest pod decides. */
    Evidence judge(Evidence alone, Workload workload, IsolationControl control) {
        Integer place = places.get(workload.id());
        boolean onHost = workload.templates().stream().anyMatch(template -> template.hostNetwork());
        if (place == null || onHost) {
            return alone;
        }
        Direction direction = control.direction();
        Openness openness = Openness.CLOSED;
        for (int c : graph.topology().classesOf().get(place)) {
            Openness here = graph.openness(c, direction);
            openness = here.compareTo(openness) > 0 ? here : openness;
        }
        return switch (openness) {
            case CLOSED ->
                alone.state() == EvidenceState.FAIL
                        ? Evidence.pass(
                                control.id(),
                                workload.subjectId(),
                                "policies of the cluster keep something out of " + direction.field(),
                                workload.source())
                        : alone;
            case UNKNOWN ->
                Evidence.unknown(
                        control.id(),
                        workload.subjectId(),
                        Reason.PARTIAL_ANALYSIS,
                        "whether policies of the cluster leave " + direction.field()
                                + " open depends on what the input does not say",
                        workload.source());
            case OPEN ->
                alone.state() == EvidenceState.FAIL
                        ? alone
                        : Evidence.fail(
                                control.id(),
                                workload.subjectId(),
                                Reason.SEEN_AND_WRONG,
                                "",
                                "",
                                "a policy of the admin tier allows everything in " + direction.field()
                                        + ", whatever NetworkPolicies say",
                                workload.source());
        };
    }
}
