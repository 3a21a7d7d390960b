package io.plimsoll.segmentation.naive;

import static io.plimsoll.segmentation.naive.RandomCluster.NAMESPACES;
import static io.plimsoll.segmentation.naive.RandomCluster.any;
import static io.plimsoll.segmentation.naive.RandomCluster.object;
import static io.plimsoll.segmentation.naive.RandomCluster.selector;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A cluster and what becomes of it, by a seed: objects of all kinds that matter come, change and go; few names, so that they meet often. */
final class RandomChanges {

    private static final int NAMES_MAX = 6;

    private final Random random;
    private final boolean old;
    private final Map<ResourceId, Resource> objects = new TreeMap<>();

    RandomChanges(long seed) {
        this.random = new Random(seed);
        this.old = random.nextBoolean();
        RandomCluster.ofAllTiers(seed).state().resources().forEach(object -> objects.put(object.id(), object));
    }

    ClusterState state() {
        return new ClusterState("test", ClusterMode.MANIFESTS, List.copyOf(objects.values()));
    }

    /** One change as a rule, now and then a few at once. */
    List<ResourceChange> next() {
        List<ResourceChange> changes = new ArrayList<>();
        int count = random.nextInt(8) == 0 ? 1 + random.nextInt(5) : 1;
        for (int i = 0; i < count; i++) {
            changes.addAll(random.nextInt(3) == 0 && !objects.isEmpty() ? gone() : put());
        }
        return changes;
    }

    private List<ResourceChange> gone() {
        ResourceId id = any(List.copyOf(objects.keySet()), random);
        objects.remove(id);
        return List.of(ResourceChange.gone(id));
    }

    private List<ResourceChange> put() {
        List<ResourceChange> changes = new ArrayList<>();
        for (Resource resource : new RandomCluster(some()).state().resources()) {
            objects.put(resource.id(), resource);
            changes.add(ResourceChange.put(resource));
        }
        return changes;
    }

    private List<Map<String, Object>> some() {
        List<Map<String, Object>> some = new ArrayList<>();
        String name = String.valueOf(random.nextInt(NAMES_MAX));
        switch (random.nextInt(11)) {
            case 0, 1, 2, 3 -> RandomCluster.addWorkload(some, "w" + name, random);
            case 4, 5, 6 ->
                some.add(RandomCluster.policy("p" + name, any(NAMESPACES, random), RandomCluster.spec(random)));
            case 7 -> some.add(old ? RandomTiers.admin("a" + name, random) : cluster("Admin", "a" + name));
            case 8 -> some.add(old ? RandomTiers.baselineAdmin(random) : cluster("Baseline", "b" + name));
            case 9 ->
                some.add(object(
                        "v1",
                        "Namespace",
                        "",
                        any(NAMESPACES, random),
                        Map.of("labels", RandomCluster.labels(random)),
                        Map.of()));
            default -> some.add(rare(name));
        }
        return some;
    }

    private Map<String, Object> cluster(String tier, String name) {
        return RandomTiers.cluster(tier, name, random);
    }

    /** What is seldom seen: owners of pods, pods on their node, dialects that are not analysed, doors. */
    private Map<String, Object> rare(String name) {
        String namespace = any(NAMESPACES, random);
        return switch (random.nextInt(8)) {
            case 0 ->
                object(
                        "crd.projectcalico.org/v1",
                        "NetworkPolicy",
                        namespace,
                        "c" + name,
                        Map.of(),
                        Map.of("selector", "app == 'x'", "types", List.of("Ingress")));
            case 1 -> {
                Map<String, Object> owner = Map.of("apiVersion", "apps/v1", "kind", "Deployment", "name", "d" + name);
                yield object(
                        "apps/v1",
                        "StatefulSet",
                        namespace,
                        "w" + name,
                        Map.of("ownerReferences", List.of(owner)),
                        Map.of("template", Map.of("metadata", Map.of("labels", RandomCluster.labels(random)))));
            }
            case 2 -> {
                Map<String, Object> pod = new LinkedHashMap<>(object(
                        "v1",
                        "Pod",
                        namespace,
                        "h" + name,
                        Map.of("labels", RandomCluster.labels(random)),
                        Map.of("hostNetwork", true, "containers", List.of(Map.of("name", "main")))));
                if (random.nextInt(3) > 0) {
                    pod.put("status", Map.of("podIPs", List.of(Map.of("ip", "10.1.2.3"))));
                }
                yield pod;
            }
            case 3 ->
                object(
                        "v1",
                        "Service",
                        namespace,
                        "s" + name,
                        Map.of(),
                        Map.of(
                                "type",
                                "LoadBalancer",
                                "selector",
                                RandomCluster.labels(random),
                                "ports",
                                List.of(Map.of("port", 80))));
            case 4 ->
                object(
                        "networking.k8s.io/v1",
                        "Ingress",
                        namespace,
                        "i" + name,
                        Map.of(),
                        Map.of(
                                "defaultBackend",
                                Map.of(
                                        "service",
                                        Map.of(
                                                "name",
                                                "s" + random.nextInt(NAMES_MAX),
                                                "port",
                                                Map.of("number", 80)))));
            case 5 ->
                object(
                        "security.istio.io/v1",
                        "PeerAuthentication",
                        namespace,
                        "m" + name,
                        Map.of(),
                        Map.of("mtls", Map.of("mode", any(List.of("STRICT", "PERMISSIVE"), random))));
            case 6 ->
                object(
                        "security.istio.io/v1",
                        "AuthorizationPolicy",
                        namespace,
                        "m" + name,
                        Map.of(),
                        Map.of(
                                "selector",
                                Map.of("matchLabels", RandomCluster.labels(random)),
                                "rules",
                                List.of(Map.of(
                                        "from",
                                        List.of(Map.of(
                                                "source", Map.of("namespaces", List.of(any(NAMESPACES, random)))))))));
            default ->
                object(
                        "networking.k8s.io/v1",
                        "NetworkPolicy",
                        namespace,
                        "p" + name,
                        Map.of(),
                        // Whom it selects cannot be read.
                        random.nextBoolean()
                                ? Map.of("podSelector", selector(random))
                                : Map.of(
                                        "podSelector",
                                        Map.of("matchExpressions", List.of(Map.of("operator", "Near")))));
        };
    }
}
