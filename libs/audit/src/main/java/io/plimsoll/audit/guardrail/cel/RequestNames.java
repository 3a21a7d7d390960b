package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.cel.PlainValues;
import io.plimsoll.audit.guardrail.review.Draft;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.kubernetes.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What an expression may name, for one object that is created: there is no old object, and of the request there is what the
 * object says.
 */
record RequestNames(ResourceNames resources) {

    /** Names that stand for nothing are left out: they are null. */
    Map<String, Object> of(Review review, Scope scope, @Nullable Value params) {
        Map<String, Object> known = new HashMap<>();
        known.put("object", PlainValues.of(review.body()));
        known.put("request", once(() -> request(review)));
        if (params != null) {
            known.put("params", PlainValues.of(params));
        }
        if (!scope.namespace().isEmpty() && !review.is("Namespace", "")) {
            known.put("namespaceObject", once(() -> namespace(scope)));
        }
        return known;
    }

    /** Made when it is asked for: few expressions ask. */
    private static Supplier<Object> once(Supplier<Object> make) {
        return new Supplier<>() {
            private @Nullable Object made;

            @Override
            public Object get() {
                if (made == null) {
                    made = make.get();
                }
                return made;
            }
        };
    }

    private static Object namespace(Scope scope) {
        Draft labels = Draft.empty();
        scope.labels().forEach(labels::put);
        Value body = scope.object() == null ? Value.MISSING : scope.object().body();
        return PlainValues.of(Draft.of(body)
                .edit(
                        "metadata",
                        metadata -> Draft.of(metadata)
                                .put("name", scope.namespace())
                                .put("labels", labels.done())
                                .done())
                .done());
    }

    private Map<String, Object> request(Review review) {
        Map<String, Object> kind = Map.of("group", review.group(), "version", review.version(), "kind", review.kind());
        Map<String, Object> resource = Map.of(
                "group",
                review.group(),
                "version",
                review.version(),
                "resource",
                resources.plural(review.group(), review.kind()));
        Map<String, Object> request = new HashMap<>();
        request.put("operation", "CREATE");
        request.put("kind", kind);
        request.put("requestKind", kind);
        request.put("resource", resource);
        request.put("requestResource", resource);
        request.put("dryRun", false);
        // As in the API server an empty text is not there.
        if (!review.name().isEmpty()) {
            request.put("name", review.name());
        }
        if (!review.namespace().isEmpty()) {
            request.put("namespace", review.namespace());
        }
        return request;
    }
}
