package io.plimsoll.deploy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looking into maps and lists of parsed YAML and JSON by path. */
final class Tree {

    private Tree() {}

    static Map<String, Object> map(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                if (each != null) {
                    copy.put(String.valueOf(key), each);
                }
            });
        }
        return copy;
    }

    /** What is at the path; null where a step is missing. */
    static @Nullable Object at(Object root, String... path) {
        Object here = root;
        for (String step : path) {
            if (!(here instanceof Map<?, ?> map) || map.get(step) == null) {
                return null;
            }
            here = map.get(step);
        }
        return here;
    }

    static String text(Object root, String... path) {
        return String.valueOf(at(root, path));
    }

    /** Words of the list at the path; empty where there is none. */
    static List<String> texts(Object root, String... path) {
        return list(root, path).stream().map(String::valueOf).toList();
    }

    /** The list at the path; empty where there is none. */
    static List<?> list(Object root, String... path) {
        return at(root, path) instanceof List<?> list ? list : List.of();
    }
}
