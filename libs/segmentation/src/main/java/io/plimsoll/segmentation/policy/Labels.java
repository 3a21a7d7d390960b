package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.value.Value;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Labels as the API server reads them. */
public final class Labels {

    /** Set by the API server on every namespace. */
    public static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private Labels() {}

    /** True for a key an API server takes, for instance {@code app.kubernetes.io/name}. */
    static boolean isKey(String key) {
        int slash = key.indexOf('/');
        return NAME.matcher(key.substring(slash + 1)).matches()
                && (slash < 0 || PREFIX.matcher(key.substring(0, slash)).matches());
    }

    /** True for a value an API server takes; the empty text is one. */
    static boolean isValue(String value) {
        return value.isEmpty() || NAME.matcher(value).matches();
    }

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
