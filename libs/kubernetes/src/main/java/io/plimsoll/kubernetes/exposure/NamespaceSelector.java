package io.plimsoll.kubernetes.exposure;

import io.plimsoll.kubernetes.value.Value;
import java.util.Map;
import java.util.Set;

/** Whether a label selector means a namespace; one that an API server would refuse means none. */
final class NamespaceSelector {

    private static final Set<String> FIELDS = Set.of("matchLabels", "matchExpressions");

    private NamespaceSelector() {}

    /** A selector that is missing or empty means every namespace. */
    static boolean matches(Value selector, Map<String, String> labels) {
        if (!selector.present()) {
            return true;
        }
        if (!(selector instanceof Value.Obj)
                || !FIELDS.containsAll(selector.fields().keySet())) {
            return false;
        }
        Value expressions = selector.at("matchExpressions");
        Value plain = selector.at("matchLabels");
        boolean readable = (!plain.present() || plain instanceof Value.Obj)
                && (!expressions.present() || expressions instanceof Value.Arr);
        return readable
                && plain.fields().entrySet().stream()
                        .allMatch(label -> label.getValue()
                                .text()
                                .filter(value -> value.equals(labels.get(label.getKey())))
                                .isPresent())
                && expressions.items().stream().allMatch(expression -> holds(expression, labels));
    }

    private static boolean holds(Value expression, Map<String, String> labels) {
        String key = expression.text("key");
        Value values = expression.at("values");
        boolean some = values instanceof Value.Arr && !values.texts().isEmpty();
        boolean none = !values.present()
                || values instanceof Value.Arr && values.items().isEmpty();
        String value = labels.get(key);
        return !key.isEmpty()
                && switch (expression.text("operator")) {
                    case "In" -> some && value != null && values.texts().contains(value);
                    case "NotIn" -> some && (value == null || !values.texts().contains(value));
                    case "Exists" -> none && value != null;
                    case "DoesNotExist" -> none && value == null;
                    default -> false;
                };
    }
}
