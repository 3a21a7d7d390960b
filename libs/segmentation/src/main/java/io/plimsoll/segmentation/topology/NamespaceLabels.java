package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.segmentation.policy.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels of the namespaces of a cluster, with the one that the API server sets. */
final class NamespaceLabels {

    private final Map<String, List<Map<String, String>>> byName = new HashMap<>();

    private NamespaceLabels() {}

    static NamespaceLabels of(ClusterState state) {
        NamespaceLabels labels = new NamespaceLabels();
        for (Resource namespace : state.all("Namespace", "")) {
            labels.byName.put(namespace.name(), readings(namespace));
        }
        return labels;
    }

    /**
     * The labels a namespace can have: one map, or one per clashing declaration. A namespace that was not given has its name
     * as its only label.
     */
    List<Map<String, String>> of(String namespace) {
        return byName.getOrDefault(namespace, List.of(Map.of(Labels.NAMESPACE_NAME, namespace)));
    }

    /** Declared more than once, the labels are united; where two declarations clash on a key, each stays a possibility. */
    private static List<Map<String, String>> readings(Resource namespace) {
        Map<String, String> united = new TreeMap<>();
        for (Resource declared : namespace.declared()) {
            united.putAll(labels(declared));
        }
        return namespace.declared().stream()
                .map(declared -> {
                    Map<String, String> reading = new TreeMap<>(united);
                    reading.putAll(labels(declared));
                    reading.put(Labels.NAMESPACE_NAME, namespace.name());
                    return Map.copyOf(reading);
                })
                .distinct()
                .toList();
    }

    private static Map<String, String> labels(Resource namespace) {
        return Labels.of(namespace.body().at("metadata", "labels"));
    }
}
