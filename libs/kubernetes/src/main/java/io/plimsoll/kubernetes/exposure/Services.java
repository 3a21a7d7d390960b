package io.plimsoll.kubernetes.exposure;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which workloads stand behind which Service. A Service without a selector has none that the input shows. */
final class Services {

    private final Map<String, Set<ResourceId>> backends = new HashMap<>();
    private final Map<String, Resource> byName = new TreeMap<>();

    Services(ClusterState state, List<Workload> workloads) {
        Map<String, List<Workload>> byNamespace = new HashMap<>();
        for (Workload workload : workloads) {
            byNamespace
                    .computeIfAbsent(workload.namespace(), ns -> new java.util.ArrayList<>())
                    .add(workload);
        }
        for (Resource service : state.all("Service", "")) {
            byName.put(key(service.namespace(), service.name()), service);
            Set<ResourceId> selected = new TreeSet<>();
            for (Resource declared : service.declared()) {
                Map<String, String> selector = declared.spec().at("selector").textMap();
                if (!selector.isEmpty()) {
                    for (Workload workload : byNamespace.getOrDefault(service.namespace(), List.of())) {
                        if (selects(selector, workload)) {
                            selected.add(workload.id());
                        }
                    }
                }
            }
            backends.put(key(service.namespace(), service.name()), selected);
        }
    }

    Iterable<Resource> all() {
        return byName.values();
    }

    Set<ResourceId> behind(String namespace, String name) {
        return backends.getOrDefault(key(namespace, name), Set.of());
    }

    private static boolean selects(Map<String, String> selector, Workload workload) {
        for (PodTemplate template : workload.templates()) {
            if (template.labels().entrySet().containsAll(selector.entrySet())) {
                return true;
            }
        }
        return false;
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
