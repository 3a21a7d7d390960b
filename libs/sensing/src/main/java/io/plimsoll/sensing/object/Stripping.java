package io.plimsoll.sensing.object;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.DeclaredObject;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What leaves a cluster of an object. Gone are managedFields, last-applied and the data of Secrets (as for files), and besides what moves
 * without anything having changed: resource versions and the heartbeats of nodes; and the schemas of custom resources, of which only group,
 * names and scope are asked.
 */
public final class Stripping {

    private static final Set<String> METADATA_DROPPED = Set.of("resourceVersion", "selfLink");

    private Stripping() {}

    /**
     * @param group of the kind that was asked for; the objects of a list name neither group nor kind
     * @param whole false where the object was too large to be read whole: identity and labels are kept
     * @return empty for what has no name
     */
    public static Optional<Sighting> of(Value.Obj object, String group, String version, String kind, boolean whole) {
        Value metadata = object.at("metadata");
        String name = metadata.text("name");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Value> named = new LinkedHashMap<>(object.fields());
        named.put("apiVersion", new Value.Text(group.isEmpty() ? version : group + "/" + version, 0));
        named.put("kind", new Value.Text(kind, 0));
        String namespace = metadata.text("namespace");
        Value kept = new DeclaredObject(
                        new Value.Obj(named, 0), group, version, kind, namespace, namespace, Source.NONE)
                .projected();
        kept = field(kept, "metadata", Stripping::metadata);
        if (kind.equals("Node") && group.isEmpty()) {
            kept = field(kept, "status", status -> field(status, "conditions", Stripping::withoutHeartbeats));
        }
        if (kind.equals("CustomResourceDefinition") && group.equals("apiextensions.k8s.io")) {
            kept = field(kept, "spec", spec -> field(spec, "versions", Stripping::withoutSchemas));
        }
        if (!whole || Canonical.chars(kept) > ClusterStateBuilder.BODY_CHARS_MAX) {
            kept = DeclaredObject.identityOnly(kept);
        }
        byte[] json = Canonical.text(kept).getBytes(StandardCharsets.UTF_8);
        return Optional.of(new Sighting(
                new ObjectKey(group, kind, namespace, name),
                metadata.text("resourceVersion"),
                metadata.at("generation").integer().orElse(0),
                json,
                Canonical.sha256(json),
                LastChange.of(metadata)));
    }

    private static Value metadata(Value metadata) {
        return without(metadata, METADATA_DROPPED);
    }

    private static Value withoutHeartbeats(Value conditions) {
        return each(conditions, condition -> without(condition, Set.of("lastHeartbeatTime")));
    }

    private static Value withoutSchemas(Value versions) {
        return each(versions, version -> without(version, Set.of("schema")));
    }

    private static Value each(Value list, UnaryOperator<Value> change) {
        List<Value> changed = list.items().stream().map(change).toList();
        return list instanceof Value.Arr ? new Value.Arr(changed, 0) : list;
    }

    private static Value without(Value value, Set<String> keys) {
        if (!(value instanceof Value.Obj obj)) {
            return value;
        }
        Map<String, Value> fields = new LinkedHashMap<>(obj.fields());
        fields.keySet().removeAll(keys);
        return new Value.Obj(fields, 0);
    }

    private static Value field(Value value, String key, UnaryOperator<Value> change) {
        if (!(value instanceof Value.Obj obj) || !obj.fields().containsKey(key)) {
            return value;
        }
        Map<String, Value> fields = new LinkedHashMap<>(obj.fields());
        fields.put(key, change.apply(obj.at(key)));
        return new Value.Obj(fields, 0);
    }
}
