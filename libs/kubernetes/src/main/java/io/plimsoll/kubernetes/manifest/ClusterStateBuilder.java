package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Documents in any order to one cluster's state. The result depends on what was added, never on the order: an identity
 * declared twice keeps all its distinct bodies, ordered by content. Not safe for use by two threads at once.
 */
public final class ClusterStateBuilder {

    /** Most objects of one cluster; beyond it the cluster is refused by name. */
    public static final int OBJECTS_MAX = 150_000;
    /** Largest body kept, in characters of its canonical text; above it identity only. */
    public static final int BODY_CHARS_MAX = 900 << 10;

    private final String cluster;
    private final ClusterMode mode;
    private final List<DeclaredObject> pending = new ArrayList<>();
    /** group/kind to whether its CustomResourceDefinition says it is namespaced. */
    private final Map<String, Boolean> definedScopes = new HashMap<>();

    private boolean full;

    public ClusterStateBuilder(String cluster, ClusterMode mode) {
        this.cluster = cluster;
        this.mode = mode;
    }

    /**
     * Adds one document; a {@code List} adds its items.
     *
     * @param defaultNamespace for objects of namespaced kinds that name none; empty means {@code default}
     * @param problems takes what cannot be added, or is odd
     */
    public void add(Document document, String defaultNamespace, Consumer<Problem> problems) {
        DeclaredObject.each(document, defaultNamespace, object -> add(object, problems), problems);
    }

    /** Adds one object. */
    public void add(DeclaredObject object, Consumer<Problem> problems) {
        if (pending.size() >= OBJECTS_MAX) {
            if (!full) {
                problems.accept(Problem.skipped(
                        object.source(),
                        "cluster " + cluster + " holds more than " + OBJECTS_MAX + " objects; the rest is left out"));
                full = true;
            }
            return;
        }
        noteDefinition(object);
        pending.add(object);
    }

    /** The state of what was added so far. */
    public ClusterState build(Consumer<Problem> problems) {
        Map<ResourceId, Map<String, Resource>> byIdentity = new TreeMap<>();
        for (DeclaredObject each : pending) {
            Value body = each.projected();
            String text = Canonical.text(body);
            if (text.length() > BODY_CHARS_MAX) {
                if (!each.kind().equals("CustomResourceDefinition")) {
                    problems.accept(Problem.notice(
                            each.source(), "an object over " + BODY_CHARS_MAX + " characters: kept by identity only"));
                }
                body = Projection.identityOnly(body);
                text = Canonical.text(body);
            }
            ResourceId id = identity(each, text, problems);
            Resource resource = new Resource(id, each.version(), body, each.source(), List.of());
            byIdentity
                    .computeIfAbsent(id, key -> new TreeMap<>())
                    .merge(text, resource, (a, b) -> a.source().compareTo(b.source()) <= 0 ? a : b);
        }
        List<Resource> resources = new ArrayList<>(byIdentity.size());
        byIdentity.forEach((id, bodies) -> resources.add(united(new ArrayList<>(bodies.values()), problems)));
        return new ClusterState(cluster, mode, resources);
    }

    /** As {@link #build(Consumer)}, for callers that do not show notices. */
    public ClusterState build() {
        return build(problem -> {});
    }

    private static Resource united(List<Resource> bodies, Consumer<Problem> problems) {
        Resource first = bodies.getFirst();
        if (bodies.size() == 1) {
            return first;
        }
        Source earliest = bodies.stream()
                .map(Resource::source)
                .min(Comparator.naturalOrder())
                .orElse(first.source());
        problems.accept(Problem.notice(
                earliest, first.id() + " is declared " + bodies.size() + " times; the weaker version decides"));
        return new Resource(
                first.id(), first.version(), first.body(), first.source(), bodies.subList(1, bodies.size()));
    }

    private ResourceId identity(DeclaredObject each, String text, Consumer<Problem> problems) {
        String namespace = each.namespace().isEmpty() ? each.assumedNamespace() : each.namespace();
        Boolean defined = definedScopes.get(each.group() + "/" + each.kind());
        if (KindScopes.clusterWide(each.group(), each.kind()) || Boolean.FALSE.equals(defined)) {
            namespace = "";
        }
        Value metadata = each.body().at("metadata");
        String name = metadata.text("name");
        if (name.isEmpty()) {
            String prefix = metadata.text("generateName");
            name = prefix + Canonical.sha256(text).substring(0, 8);
            if (prefix.isEmpty()) {
                problems.accept(Problem.notice(each.source(), each.kind() + " without a name: called " + name));
            }
        }
        return new ResourceId(cluster, each.group(), each.kind(), namespace, name);
    }

    private void noteDefinition(DeclaredObject object) {
        if (object.kind().equals("CustomResourceDefinition") && object.group().equals("apiextensions.k8s.io")) {
            Value spec = object.body().at("spec");
            String defined = spec.text("group") + "/" + spec.at("names").text("kind");
            definedScopes.put(defined, !"Cluster".equals(spec.at("scope").text().orElse("Namespaced")));
        }
    }
}
