package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.value.Value;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Labels as the API server reads them. */
public final class Labels {

    /** Set by the API server on every namespace. */
    public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private Labels() {}

    /** The labels of a mapping, sorted; a key with nothing behind it has the empty text, other shapes are left out. */
    public static Map<String, String> of(Value mapping) {
        if (!(mapping instanceof Value.Obj obj)) {
            return Map.of();
        }
        Map<String, String> labels = new TreeMap<>();
        obj.fields().forEach((key, value) -> {
            if (value instanceof Value.Null) {
                labels.put(key, "");
            } else {
                value.text().ifPresent(text -> labels.put(key, text));
            }
        });
        return Collections.unmodifiableMap(labels);
    }
}
