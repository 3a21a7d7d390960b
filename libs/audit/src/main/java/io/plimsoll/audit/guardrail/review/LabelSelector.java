package io.plimsoll.audit.guardrail.review;

import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Map;

/** Kubernetes' label selectors. */
public final class LabelSelector {

    private LabelSelector() {}

    /** True when the labels satisfy every part of the selector; a selector without parts selects everything. */
    public static boolean matches(Value selector, Map<String, String> labels) {
        for (Map.Entry<String, String> wanted :
                selector.at("matchLabels").textMap().entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Value expression : selector.items("matchExpressions")) {
            if (!holds(expression, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Value expression, Map<String, String> labels) {
        String label = labels.get(expression.text("key"));
        List<String> values = expression.at("values").texts();
        return switch (expression.text("operator")) {
            case "In" -> label != null && values.contains(label);
            case "NotIn" -> label == null || !values.contains(label);
            case "Exists" -> label != null;
            case "DoesNotExist" -> label == null;
            // Kubernetes refuses every other operator, so such a selector selects nothing.
            default -> false;
        };
    }
}
