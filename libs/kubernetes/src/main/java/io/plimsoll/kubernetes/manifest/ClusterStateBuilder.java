package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.SharedValues;
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

    /** Most objects of one cluster that one process reads; the rest is left out and said. */
    public static final int OBJECTS_MAX = 300_000;
    /** Largest body kept, in characters of its canonical text; above it identity only. */
    public static final int BODY_CHARS_MAX = 900 << 10;

    /** As it is kept, so that what was read of a document is gone when the next one comes. */
    private record Pending(Value body, String group, String version, String kind, String namespace, Source source) {}

    private final String cluster;
    private final ClusterMode mode;
    private final List<Pending> pending = new ArrayList<>();
    private final SharedValues values = new SharedValues();
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
        if (hasRoom(object.source(), problems)) {
            add(object, kept(object.body(), object.group(), object.kind(), object.source(), problems));
        }
    }

    /** Adds one object that is canonical, projected and within the bounds already, as sensors send it. */
    public void addProjected(DeclaredObject object, Consumer<Problem> problems) {
        if (hasRoom(object.source(), problems)) {
            add(object, object.body());
        }
    }

    private boolean hasRoom(Source source, Consumer<Problem> problems) {
        if (pending.size() >= OBJECTS_MAX) {
            if (!full) {
                problems.accept(Problem.skipped(
                        source,
                        "cluster " + cluster + " holds more than " + OBJECTS_MAX + " objects; the rest is left out"));
                full = true;
            }
            return false;
        }
        return true;
    }

    private void add(DeclaredObject object, Value body) {
        noteDefinition(object.body(), object.group(), object.kind());
        pending.add(new Pending(
                body,
                values.text(object.group()),
                values.text(object.version()),
                values.text(object.kind()),
                values.text(object.namespace().isEmpty() ? "\0" + object.assumedNamespace() : object.namespace()),
                object.source()));
    }

    private Value kept(Value.Obj body, String group, String kind, Source source, Consumer<Problem> problems) {
        Value kept = values.canonical(Projection.of(body, group, kind), source.line());
        if (Canonical.chars(kept) <= BODY_CHARS_MAX) {
            return kept;
        }
        if (!kind.equals("CustomResourceDefinition")) {
            problems.accept(
                    Problem.notice(source, "an object over " + BODY_CHARS_MAX + " characters: kept by identity only"));
        }
        return Projection.identityOnly(kept);
    }

    /** The state of what was added so far. */
    public ClusterState build(Consumer<Problem> problems) {
        Map<ResourceId, Resource> once = new TreeMap<>();
        Map<ResourceId, Map<String, Resource>> again = new TreeMap<>();
        for (Pending each : pending) {
            ResourceId id = identity(each, problems);
            Resource resource = new Resource(id, each.version(), each.body(), each.source(), List.of());
            Resource before = once.putIfAbsent(id, resource);
            if (before != null) {
                Map<String, Resource> bodies = again.computeIfAbsent(id, key -> new TreeMap<>());
                bodies.putIfAbsent(Canonical.text(before.body()), before);
                bodies.merge(Canonical.text(resource.body()), resource, ClusterStateBuilder::earlier);
            }
        }
        List<Resource> resources = new ArrayList<>(once.size());
        once.forEach((id, first) -> {
            Map<String, Resource> bodies = again.get(id);
            resources.add(bodies == null ? first : united(new ArrayList<>(bodies.values()), problems));
        });
        return new ClusterState(cluster, mode, resources);
    }

    /** As {@link #build(Consumer)}, for callers that do not show notices. */
    public ClusterState build() {
        return build(problem -> {});
    }

    private static Resource earlier(Resource one, Resource other) {
        return one.source().compareTo(other.source()) <= 0 ? one : other;
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

    private ResourceId identity(Pending each, Consumer<Problem> problems) {
        String namespace = each.namespace();
        boolean assumed = namespace.startsWith("\0");
        Boolean defined = definedScopes.get(each.group() + "/" + each.kind());
        boolean clusterWide = KindScopes.clusterWide(each.group(), each.kind()) || Boolean.FALSE.equals(defined);
        if (clusterWide) {
            namespace = "";
        } else if (assumed) {
            namespace = namespace.substring(1);
        }
        Value metadata = each.body().at("metadata");
        String name = metadata.text("name");
        if (name.isEmpty()) {
            String prefix = metadata.text("generateName");
            name = prefix + Canonical.digest(each.body()).substring(0, 8);
            if (prefix.isEmpty()) {
                problems.accept(Problem.notice(each.source(), each.kind() + " without a name: called " + name));
            }
        }
        return new ResourceId(cluster, each.group(), each.kind(), values.text(namespace), name);
    }

    private void noteDefinition(Value.Obj body, String group, String kind) {
        if (kind.equals("CustomResourceDefinition") && group.equals("apiextensions.k8s.io")) {
            String defined = body.at("spec", "group").text().orElse("") + "/"
                    + body.at("spec", "names", "kind").text().orElse("");
            definedScopes.put(
                    defined, !"Cluster".equals(body.at("spec", "scope").text().orElse("Namespaced")));
        }
    }
}
