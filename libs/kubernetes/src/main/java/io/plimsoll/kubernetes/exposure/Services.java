package io.plimsoll.kubernetes.exposure;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.value.Texts;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
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

    Services(ClusterState state, List<Workload> workloads, Memory memory) {
        Map<String, List<Workload>> byNamespace = new HashMap<>();
        for (Workload workload : workloads) {
            byNamespace
                    .computeIfAbsent(workload.namespace(), ns -> new ArrayList<>())
                    .add(workload);
        }
        Map<String, List<Running>> running = new HashMap<>();
        // One list as long as none of its workloads is another: what a Service selects is told by it and the Service.
        byNamespace.forEach((namespace, inside) -> running.put(
                namespace,
                memory.of(
                        "running",
                        namespace,
                        () -> inside.stream().map(Running::of).toList(),
                        inside.toArray())));
        for (Resource service : state.all("Service", "")) {
            byName.put(key(service.namespace(), service.name()), service);
            List<Running> candidates = running.get(service.namespace());
            backends.put(
                    key(service.namespace(), service.name()),
                    candidates == null
                            ? Set.of()
                            : memory.of(
                                    "selected",
                                    service.id(),
                                    () -> selected(service, candidates),
                                    service,
                                    candidates));
        }
    }

    /**
     * What a selector is held against.
     *
     * @param labels of its pod specifications, each map once
     */
    private record Running(ResourceId id, List<Map<String, String>> labels) {
        static Running of(Workload workload) {
            return new Running(
                    workload.id(),
                    workload.templates().stream()
                            .map(PodTemplate::labels)
                            .distinct()
                            .toList());
        }

        boolean carries(Map<String, String> selector) {
            for (Map<String, String> each : labels) {
                if (Texts.includes(each, selector)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Set<ResourceId> selected(Resource service, List<Running> candidates) {
        Set<ResourceId> selected = new TreeSet<>();
        for (Resource declared : service.declared()) {
            Map<String, String> selector = declared.spec().at("selector").textMap();
            if (!selector.isEmpty()) {
                for (Running each : candidates) {
                    if (each.carries(selector)) {
                        selected.add(each.id());
                    }
                }
            }
        }
        return selected;
    }

    Iterable<Resource> all() {
        return byName.values();
    }

    Set<ResourceId> behind(String namespace, String name) {
        return backends.getOrDefault(key(namespace, name), Set.of());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
