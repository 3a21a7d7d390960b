package io.plimsoll.segmentation.metrics;

import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Labels;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Pods;
import io.plimsoll.segmentation.topology.Topology;
import java.util.List;
import java.util.Map;

/**
 * How many pods some policy selects: the weakest figure there is, an allow-all counts. Pods that run are counted where there are
 * any, else the replicas asked for.
 *
 * @param ingressOnHost of those selected for ingress, the ones on the host's network, where it does not bind
 * @param admin pods that are subjects of a cluster-wide policy of the admin tier
 */
public record PodsSelected(long ingress, long egress, long ingressOnHost, long admin, long baseline) {

    static PodsSelected of(Topology topology, PolicySet policies) {
        long ingress = 0;
        long egress = 0;
        long onHost = 0;
        long admin = 0;
        long baseline = 0;
        boolean running = PodCounts.anyRuns(topology.workloads());
        for (int w = 0; w < topology.workloads().size(); w++) {
            Workload workload = topology.workloads().get(w);
            List<DeclaredPolicy> namespace = policies.in(workload.namespace());
            Map<String, String> namespaceLabels = namespaceLabels(topology, w);
            for (PodCounts.Count counted : PodCounts.of(workload, running)) {
                PodTemplate pod = counted.template();
                Map<String, String> labels = Pods.labels(pod);
                boolean receives = isolates(namespace, labels, Direction.INGRESS);
                ingress += receives ? counted.pods() : 0;
                onHost += receives && pod.hostNetwork() ? counted.pods() : 0;
                egress += isolates(namespace, labels, Direction.EGRESS) ? counted.pods() : 0;
                if (!pod.hostNetwork()) {
                    admin += speaks(policies, Tier.ADMIN, workload, namespaceLabels, labels) ? counted.pods() : 0;
                    baseline += speaks(policies, Tier.BASELINE, workload, namespaceLabels, labels) ? counted.pods() : 0;
                }
            }
        }
        return new PodsSelected(ingress, egress, onHost, admin, baseline);
    }

    private static Map<String, String> namespaceLabels(Topology topology, int workload) {
        List<Integer> classes = topology.classesOf().get(workload);
        return classes.isEmpty()
                ? Map.of(
                        Labels.NAMESPACE_NAME,
                        topology.workloads().get(workload).namespace())
                : classOf(topology, classes.getFirst()).namespaceLabels();
    }

    private static PodClass classOf(Topology topology, int index) {
        return topology.classes().get(index);
    }

    private static boolean isolates(List<DeclaredPolicy> policies, Map<String, String> labels, Direction direction) {
        return policies.stream().anyMatch(policy -> policy.isolates(labels, direction));
    }

    private static boolean speaks(
            PolicySet policies,
            Tier tier,
            Workload workload,
            Map<String, String> namespaceLabels,
            Map<String, String> labels) {
        return policies.tiers().bands(tier).stream()
                .flatMap(band -> band.readings().stream())
                .anyMatch(policy -> policy.subject().matches(workload.namespace(), namespaceLabels, labels));
    }
}
