package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.review.Wildcard;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Optional;

/** What a constraint is about: its {@code spec.match}. What is left out selects everything. */
record Match(Value spec) {

    /** Why a namespace is out of scope; empty when it is in. */
    Optional<String> excludes(Scope scope) {
        if (scope.namespace().isEmpty()) {
            return Optional.empty();
        }
        List<String> only = spec.at("namespaces").texts();
        if (!only.isEmpty() && !any(only, scope.namespace())) {
            return Optional.of("only for " + String.join(", ", only));
        }
        if (any(spec.at("excludedNamespaces").texts(), scope.namespace())) {
            return Optional.of("excludedNamespaces names it");
        }
        return LabelSelector.matches(spec.at("namespaceSelector"), scope.labels())
                ? Optional.empty()
                : Optional.of("namespaceSelector does not select it");
    }

    boolean selects(Review review) {
        String name = spec.text("name");
        return kinds(review)
                && LabelSelector.matches(spec.at("labelSelector"), review.labels())
                && (name.isEmpty() || Wildcard.matches(name, review.name()))
                && switch (spec.text("scope")) {
                    case "Namespaced" -> !review.namespace().isEmpty();
                    case "Cluster" -> review.namespace().isEmpty();
                    default -> true;
                };
    }

    private boolean kinds(Review review) {
        List<Value> kinds = spec.items("kinds");
        return kinds.isEmpty()
                || kinds.stream()
                        .anyMatch(kind -> contains(kind.at("apiGroups").texts(), review.group())
                                && contains(kind.at("kinds").texts(), review.kind()));
    }

    /** A list that is left out selects every group, or every kind. */
    private static boolean contains(List<String> wanted, String value) {
        return wanted.isEmpty() || wanted.contains("*") || wanted.contains(value);
    }

    private static boolean any(List<String> patterns, String namespace) {
        return patterns.stream().anyMatch(pattern -> Wildcard.matches(pattern, namespace));
    }
}
