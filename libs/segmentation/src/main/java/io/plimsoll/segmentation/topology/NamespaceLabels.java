package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.segmentation.policy.Labels;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The labels of the namespaces of a cluster, with the one that the API server sets. */
public final class NamespaceLabels {

    private final Map<String, List<Map<String, String>>> byName;

    private NamespaceLabels(Map<String, List<Map<String, String>>> byName) {
        this.byName = byName;
    }

    public static NamespaceLabels of(ClusterState state) {
        Map<String, List<Map<String, String>>> byName = new HashMap<>();
        for (Resource namespace : state.all("Namespace", "")) {
            byName.put(namespace.name(), readings(namespace));
        }
        return new NamespaceLabels(byName);
    }

    /** The labels after objects changed. */
    public NamespaceLabels after(Collection<ResourceChange> changes) {
        List<ResourceChange> ofNamespaces = changes.stream()
                .filter(change -> change.id().kind().equals("Namespace")
                        && change.id().group().isEmpty())
                .toList();
        if (ofNamespaces.isEmpty()) {
            return this;
        }
        Map<String, List<Map<String, String>>> later = new HashMap<>(byName);
        for (ResourceChange change : ofNamespaces) {
            change.now()
                    .ifPresentOrElse(
                            now -> later.put(now.name(), readings(now)),
                            () -> later.remove(change.id().name()));
        }
        return new NamespaceLabels(later);
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
