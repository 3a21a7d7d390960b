package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.cel.Activation;
import io.plimsoll.audit.cel.CelEnvironment;
import io.plimsoll.audit.cel.Compiled;
import io.plimsoll.audit.cel.Outcome;
import io.plimsoll.audit.cel.PlainValues;
import io.plimsoll.audit.guardrail.review.Draft;
import io.plimsoll.audit.guardrail.review.ResourceNames;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy's expressions, each compiled once. Loading this class loads CEL. Immutable, any thread. */
final class PolicyProgram {

    private record Check(Compiled expression, String message) {}

    private final boolean failClosed;
    private final Map<String, Compiled> variables = new LinkedHashMap<>();
    private final List<Compiled> conditions = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final ResourceNames names;

    /** @param spec with variables, matchConditions, validations and failurePolicy */
    PolicyProgram(Value spec, ResourceNames names) {
        this.failClosed = !spec.text("failurePolicy").equals("Ignore");
        this.names = names;
        List<Value> declared = spec.items("variables");
        CelEnvironment environment = new CelEnvironment(
                declared.stream().map(each -> each.text("name")).distinct().toList());
        declared.forEach(each -> variables.put(each.text("name"), environment.compile(each.text("expression"))));
        spec.items("matchConditions").forEach(each -> conditions.add(environment.compile(each.text("expression"))));
        for (Value validation : spec.items("validations")) {
            String expression = validation.text("expression");
            String message = validation.text("message");
            checks.add(new Check(environment.compile(expression), message.isEmpty() ? shortened(expression) : message));
        }
    }

    /**
     * What one validation says about an object in scope.
     *
     * @param validation its place in the policy, from 0
     * @param params the parameters of the binding; null where the policy has none
     */
    Verdict judge(int validation, Review review, Scope scope, @Nullable Value params) {
        Activation activation = new Activation(names(review, scope, params), variables);
        Verdict asked = conditions(activation);
        if (!(asked instanceof Verdict.Admitted)) {
            return asked;
        }
        Check check = checks.get(validation);
        return switch (activation.evaluate(check.expression())) {
            case Outcome.Unknown unknown -> new Verdict.Unknown(unknown.why());
            case Outcome.Failed failed -> failed(failed.message());
            case Outcome.Result result ->
                result.value() instanceof Boolean holds
                        ? Verdict.refusedIf(!holds, check.message())
                        : failed("it gives no truth value");
        };
    }

    /** All conditions must hold; one that does not settles it, whatever else fails. */
    private Verdict conditions(Activation activation) {
        Verdict verdict = Verdict.ADMITTED;
        for (Compiled condition : conditions) {
            switch (activation.evaluate(condition)) {
                case Outcome.Result result -> {
                    if (Boolean.FALSE.equals(result.value())) {
                        return Verdict.NOT_ASKED;
                    }
                }
                case Outcome.Failed failure -> verdict = failed(failure.message());
                case Outcome.Unknown unknown -> verdict = new Verdict.Unknown(unknown.why());
            }
        }
        return verdict;
    }

    private Verdict failed(String message) {
        return failClosed ? new Verdict.Refused("the expression fails, " + message) : Verdict.NOT_ASKED;
    }

    private Map<String, Object> names(Review review, Scope scope, @Nullable Value params) {
        Map<String, Object> known = new HashMap<>();
        known.put("object", PlainValues.of(review.body()));
        known.put("request", request(review));
        if (params != null) {
            known.put("params", PlainValues.of(params));
        }
        if (!scope.namespace().isEmpty()) {
            known.put("namespaceObject", namespace(scope));
        }
        return known;
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
        return Map.of(
                "operation",
                "CREATE",
                "kind",
                Map.of("group", review.group(), "version", review.version(), "kind", review.kind()),
                "resource",
                Map.of(
                        "group",
                        review.group(),
                        "version",
                        review.version(),
                        "resource",
                        names.plural(review.group(), review.kind())),
                "name",
                review.name(),
                "namespace",
                review.namespace(),
                "dryRun",
                false);
    }

    private static String shortened(String expression) {
        String line = expression.replaceAll("\\s+", " ").strip();
        return line.length() <= 120 ? line : line.substring(0, 117) + "...";
    }
}
