package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes parts of manifests as values. */
final class Manifest {

    private Manifest() {}

    static Value text(String text) {
        return new Value.Text(text, 0);
    }

    static Value number(long number) {
        return new Value.Num(BigDecimal.valueOf(number), 0);
    }

    static Value list(List<Value> items) {
        return new Value.Arr(items, 0);
    }

    /** Keys and values in turn. */
    static Value object(Object... keysAndValues) {
        Map<String, Value> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], (Value) keysAndValues[i + 1]);
        }
        return new Value.Obj(fields, 0);
    }

    static Value labels(Map<String, String> labels) {
        Map<String, Value> fields = new LinkedHashMap<>();
        labels.forEach((key, value) -> fields.put(key, text(value)));
        return new Value.Obj(fields, 0);
    }

    static Value selector(StableLabels.Chosen chosen) {
        Map<String, Value> fields = new LinkedHashMap<>();
        if (!chosen.labels().isEmpty()) {
            fields.put("matchLabels", labels(chosen.labels()));
        }
        Set<String> absent = new TreeSet<>(chosen.absent());
        if (!absent.isEmpty()) {
            fields.put(
                    "matchExpressions",
                    list(absent.stream()
                            .map(key -> object("key", text(key), "operator", text("DoesNotExist")))
                            .toList()));
        }
        return new Value.Obj(fields, 0);
    }

    static Value namespaceNamed(String name) {
        return object("matchLabels", labels(Map.of("kubernetes.io/metadata.name", name)));
    }
}
