package io.plimsoll.kubernetes.inventory;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The namespaces of a cluster: those declared, and those that something stands in. */
final class Namespaces {

    private static final List<String> OWNER_KEYS = List.of(
            "team",
            "owner",
            "app.kubernetes.io/owner",
            "backstage.io/owner",
            "backstage.io/kubernetes-owner",
            "contact",
            "owner-team",
            "squad");
    private static final List<String> LIFECYCLE_KEYS =
            List.of("env", "environment", "lifecycle", "stage", "tier", "backstage.io/lifecycle");
    private static final Set<String> PRODUCTION = Set.of("prod", "production", "live", "prd");
    private static final Set<String> STAGING = Set.of("stage", "staging", "preprod", "pre-production", "uat", "qa");
    private static final Set<String> DEVELOPMENT =
            Set.of("dev", "development", "test", "testing", "sandbox", "experimental", "learning");
    private static final List<String> POD_SECURITY_LEVELS = List.of("privileged", "baseline", "restricted");

    private Namespaces() {}

    static Map<String, NamespaceFacts> of(ClusterState state, ClusterContext said) {
        Map<String, NamespaceFacts> namespaces = new TreeMap<>();
        ArgoProjects projects = ArgoProjects.of(state);
        for (Resource declared : state.all("Namespace", "")) {
            Map<String, String> labels = new TreeMap<>();
            Map<String, String> annotations = new TreeMap<>();
            for (Resource each : declared.declared()) {
                each.labels().forEach((key, value) -> labels.merge(key, value, (a, b) -> weaker(key, a, b)));
                each.annotations().forEach((key, value) -> annotations.merge(key, value, (a, b) -> weaker(key, a, b)));
            }
            labels.putIfAbsent("kubernetes.io/metadata.name", declared.name());
            namespaces.put(
                    declared.name(),
                    new NamespaceFacts(
                            declared.name(),
                            Map.copyOf(labels),
                            owner(labelled(labels, annotations), projects, said, declared.name()),
                            said.lifecycle(declared.name(), lifecycle(first(LIFECYCLE_KEYS, labels, annotations))),
                            declared.source()));
        }
        String last = "";
        for (Resource resource : state.resources()) {
            // In the order of identity those of one namespace stand together.
            if (!resource.namespace().equals(last)) {
                last = resource.namespace();
                namespaces.computeIfAbsent(
                        resource.namespace(),
                        name -> new NamespaceFacts(
                                name,
                                Map.of("kubernetes.io/metadata.name", name),
                                owner("", projects, said, name),
                                said.lifecycle(name, Lifecycle.UNSTATED),
                                Source.NONE));
            }
        }
        return namespaces;
    }

    /** What stands on the namespace itself, then whose project delivers into it; what people say fills the gap that is left. */
    private static String owner(String labelled, ArgoProjects projects, ClusterContext said, String namespace) {
        if (!labelled.isEmpty()) {
            return labelled;
        }
        String delivering = projects.owner(namespace);
        return delivering.isEmpty() ? said.owner(namespace) : delivering;
    }

    /** Whom an object itself names: labels before annotations; empty when nobody. */
    static String labelled(Map<String, String> labels, Map<String, String> annotations) {
        String label = first(OWNER_KEYS, labels, Map.of());
        return label.isEmpty() ? first(OWNER_KEYS, Map.of(), annotations) : label;
    }

    /** For Pod Security labels the lower level, else the value that sorts first: never the order of files. */
    private static String weaker(String key, String a, String b) {
        if (key.startsWith("pod-security.kubernetes.io/") && !key.endsWith("-version")) {
            return POD_SECURITY_LEVELS.indexOf(a) <= POD_SECURITY_LEVELS.indexOf(b) ? a : b;
        }
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static String first(List<String> keys, Map<String, String> labels, Map<String, String> annotations) {
        for (String key : keys) {
            String value = labels.getOrDefault(key, annotations.getOrDefault(key, ""));
            if (!value.isBlank()) {
                return value.strip();
            }
        }
        return "";
    }

    private static Lifecycle lifecycle(String value) {
        String word = value.toLowerCase(Locale.ROOT);
        if (PRODUCTION.contains(word)) {
            return Lifecycle.PRODUCTION;
        }
        if (STAGING.contains(word)) {
            return Lifecycle.STAGING;
        }
        return DEVELOPMENT.contains(word) ? Lifecycle.DEVELOPMENT : Lifecycle.UNSTATED;
    }
}
