package io.plimsoll.segmentation.mesh;

import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.Map;

/**
 * What a mesh knows of pods.
 *
 * @param account the service account in its identity; empty where no policy asks
 */
public record MeshPlace(Membership membership, String account) {

    private static final String PROXY = "istio-proxy";
    private static final String INJECT = "sidecar.istio.io/inject";
    private static final String REVISION = "istio.io/rev";
    private static final String DATA_PLANE = "istio.io/dataplane-mode";

    /** Where no policy of a mesh is in force. */
    public static final MeshPlace NOWHERE = new MeshPlace(Membership.OUT, "");

    /**
     * Whether a pod is a member: it runs a proxy, its labels or its namespace's ask for one, or ambient mode captures it.
     * A running pod without any of it is none; of a template without a mark it is not known.
     */
    static Membership of(PodTemplate pod, Map<String, String> namespaceLabels) {
        if (pod.hostNetwork()) {
            // "Pods that run on the host network" are not captured (Istio, application requirements).
            return Membership.OUT;
        }
        if (pod.containers().stream().map(Container::name).anyMatch(PROXY::equals)) {
            return Membership.IN;
        }
        Map<String, String> labels = pod.labels();
        String ambient = labels.getOrDefault(DATA_PLANE, namespaceLabels.getOrDefault(DATA_PLANE, ""));
        if (ambient.equals("ambient")) {
            return Membership.IN;
        }
        if (isRunning(pod)) {
            return Membership.OUT;
        }
        String asked = labels.getOrDefault(INJECT, pod.annotations().getOrDefault(INJECT, ""));
        if (asked.equals("false")) {
            return Membership.OUT;
        }
        if (asked.equals("true") || labels.containsKey(REVISION) || namespaceLabels.containsKey(REVISION)) {
            return Membership.IN;
        }
        return switch (namespaceLabels.getOrDefault("istio-injection", "")) {
            case "enabled" -> Membership.IN;
            case "disabled" -> Membership.OUT;
            default -> Membership.UNKNOWN;
        };
    }

    private static boolean isRunning(PodTemplate pod) {
        return pod.resource().kind().equals("Pod")
                && !pod.resource()
                        .body()
                        .at("status", "phase")
                        .text()
                        .orElse("")
                        .isEmpty();
    }
}
