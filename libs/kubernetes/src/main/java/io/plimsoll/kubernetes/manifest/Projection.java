package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What of an object is kept. One place, so that the command line and the platform judge identical bytes, and Secret data are
 * gone before anything else sees them.
 */
final class Projection {

    private static final Set<String> DROPPED_ANNOTATIONS = Set.of("kubectl.kubernetes.io/last-applied-configuration");
    private static final Set<String> SECRET_FIELDS = Set.of("data", "stringData");

    private Projection() {}

    /** Without managedFields, last-applied and, for Secrets, data. */
    static Value of(Value.Obj object, String group, String kind) {
        boolean secret = group.isEmpty() && kind.equals("Secret");
        if (!secret && !drops(object.at("metadata"))) {
            return object;
        }
        Map<String, Value> kept = new LinkedHashMap<>(object.fields());
        if (secret) {
            kept.keySet().removeAll(SECRET_FIELDS);
        }
        if (object.at("metadata") instanceof Value.Obj metadata) {
            kept.put("metadata", metadata(metadata));
        }
        return new Value.Obj(kept, object.line());
    }

    private static boolean drops(Value metadata) {
        return metadata.hasKey("managedFields")
                || DROPPED_ANNOTATIONS.stream()
                        .anyMatch(each -> metadata.at("annotations").hasKey(each));
    }

    /** Identity and labels alone: what is kept of an object over the size bound. */
    static Value identityOnly(Value object) {
        Map<String, Value> kept = new LinkedHashMap<>();
        for (String key : new String[] {"apiVersion", "kind", "metadata"}) {
            if (object.at(key).present()) {
                kept.put(key, object.at(key));
            }
        }
        kept.put(Resource.IDENTITY_ONLY, new Value.Bool(true, object.line()));
        return new Value.Obj(kept, object.line());
    }

    private static Value metadata(Value.Obj metadata) {
        Map<String, Value> kept = new LinkedHashMap<>(metadata.fields());
        kept.remove("managedFields");
        if (metadata.at("annotations") instanceof Value.Obj annotations) {
            Map<String, Value> some = new LinkedHashMap<>(annotations.fields());
            some.keySet().removeAll(DROPPED_ANNOTATIONS);
            kept.put("annotations", new Value.Obj(some, annotations.line()));
        }
        return new Value.Obj(kept, metadata.line());
    }
}
