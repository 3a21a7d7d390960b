package io.plimsoll.segmentation.entry;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.exposure.InternalDoors;
import io.plimsoll.kubernetes.value.Texts;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.topology.Pods;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which workload serves an Ingress, a Route or a Gateway. It is recognised by the labels that its makers put on their pods, and only where
 * one workload alone has them: else nothing is said, and an unknown pod stands for it.
 */
final class Controllers {

    private static final String NAME = "app.kubernetes.io/name";

    /** The labels that installations of a controller carry, by the name IngressClass has for it. */
    private static final Map<String, Map<String, String>> INGRESS = Map.of(
            "k8s.io/ingress-nginx", Map.of(NAME, "ingress-nginx", "app.kubernetes.io/component", "controller"),
            "nginx.org/ingress-controller", Map.of(NAME, "nginx-ingress"),
            "traefik.io/ingress-controller", Map.of(NAME, "traefik"),
            "haproxy-ingress.github.io/controller", Map.of(NAME, "haproxy-ingress"),
            "istio.io/ingress-controller", Map.of("istio", "ingressgateway"));

    /** What the operator of OpenShift puts on the pods of its routers. */
    private static final Map<String, String> ROUTER =
            Map.of("ingresscontroller.operator.openshift.io/deployment-ingresscontroller", "default");

    private static final String ENVOY = "gateway.envoyproxy.io/owning-gateway-";

    private final List<Workload> workloads;
    private final Map<String, Resource> classes = new HashMap<>();
    private final List<Resource> defaults = new ArrayList<>();

    Controllers(ClusterState state, List<Workload> workloads) {
        this.workloads = workloads;
        for (Resource each : state.all("IngressClass", "networking.k8s.io")) {
            classes.put(each.name(), each);
            if ("true".equals(each.annotations().get("ingressclass.kubernetes.io/is-default-class"))) {
                defaults.add(each);
            }
        }
    }

    /** By the class it names, or by the class that is the default of the cluster. */
    Optional<ResourceId> ofIngress(Resource ingress) {
        String named = InternalDoors.className(ingress);
        Optional<Resource> known = named.isEmpty()
                ? defaults.stream().findFirst().filter(only -> defaults.size() == 1)
                : Optional.ofNullable(classes.get(named));
        return known.map(each -> INGRESS.get(each.spec().text("controller")))
                .flatMap(labels -> only(pod -> has(pod, labels), workload -> true));
    }

    Optional<ResourceId> ofRoute() {
        return only(pod -> has(pod, ROUTER), workload -> true);
    }

    /** By the label that a Gateway's own pods carry in its namespace, or by the two that Envoy Gateway gives. */
    Optional<ResourceId> ofGateway(String namespace, String name) {
        Map<String, String> own = Map.of("gateway.networking.k8s.io/gateway-name", name);
        return only(pod -> has(pod, own), workload -> workload.namespace().equals(namespace))
                .or(() -> only(
                        pod -> has(pod, Map.of(ENVOY + "name", name, ENVOY + "namespace", namespace)),
                        workload -> true));
    }

    private Optional<ResourceId> only(Predicate<PodTemplate> asked, Predicate<Workload> where) {
        List<ResourceId> found = workloads.stream()
                .filter(where)
                .filter(workload -> Pods.alive(workload).stream().anyMatch(asked))
                .map(Workload::id)
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static boolean has(PodTemplate pod, Map<String, String> labels) {
        return Texts.includes(Pods.labels(pod), labels);
    }
}
