package io.plimsoll.audit.guardrail.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.plimsoll.audit.cel.Activation;
import io.plimsoll.audit.cel.CelEnvironment;
import io.plimsoll.audit.cel.Compiled;
import io.plimsoll.audit.cel.Outcome;
import io.plimsoll.audit.cel.TargetVersion;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A policy's expressions, each compiled once. Loading this class loads CEL. Immutable once made, any thread. */
final class PolicyProgram {

    /** Most expressions of one policy that are compiled; those beyond are not evaluated. */
    static final int EXPRESSIONS_MAX = 500;

    /** As in the API server: a longer message is as good as none. */
    private static final int MESSAGE_CHARS_MAX = 5 << 10;

    private record Check(
            Compiled expression, String message, @Nullable OwnMessage ownMessage) {}

    /** Compiled when the first object breaks the rule: most never do. Any thread. */
    private static final class OwnMessage {
        private final CelEnvironment environment;
        private final String expression;
        private @Nullable Compiled compiled;

        OwnMessage(CelEnvironment environment, String expression) {
            this.environment = environment;
            this.expression = expression;
        }

        synchronized Compiled compiled() {
            if (compiled == null) {
                compiled = environment.compile(expression);
            }
            return compiled;
        }
    }

    private final boolean failClosed;
    private final Map<String, Compiled> variables = new LinkedHashMap<>();
    private final List<Compiled> conditions = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();
    private final RequestNames names;
    private int expressions;

    /** @param spec with variables, matchConditions, validations, paramKind and failurePolicy */
    PolicyProgram(Value spec, RequestNames names, TargetVersion target) {
        this.failClosed = !spec.text("failurePolicy").equals("Ignore");
        this.names = names;
        CelEnvironment environment = declareVariables(spec, target);
        // A variable that cannot be read has no type that its users could be checked by.
        boolean typed = variables.values().stream().noneMatch(Compiled.Unreadable.class::isInstance);
        CelType bool = typed ? SimpleType.BOOL : SimpleType.DYN;
        List<Value> validations = spec.items("validations");
        List<Supplier<Compiled>> waiting = new ArrayList<>();
        for (Value each : spec.items("matchConditions")) {
            waiting.add(compiling(environment, each.text("expression"), bool));
        }
        int first = waiting.size();
        for (Value each : validations) {
            waiting.add(compiling(environment, each.text("expression"), bool));
        }
        // None of them knows of another: they are compiled side by side.
        List<Compiled> compiled = waiting.parallelStream().map(Supplier::get).toList();
        conditions.addAll(compiled.subList(0, first));
        for (int i = 0; i < validations.size(); i++) {
            Value each = validations.get(i);
            String own = each.text("messageExpression");
            String message = each.text("message").strip();
            checks.add(new Check(
                    compiled.get(first + i),
                    message.isEmpty() ? "failed expression: " + shortened(each.text("expression")) : message,
                    own.isEmpty() ? null : new OwnMessage(environment, own)));
        }
    }

    /** A variable may use those before it, and is of the type of its expression. */
    private CelEnvironment declareVariables(Value spec, TargetVersion target) {
        List<String> known = new ArrayList<>(CelEnvironment.VARIABLES);
        if (!spec.at("paramKind").present()) {
            known.remove("params");
        }
        CelEnvironment environment = CelEnvironment.naming(target, known);
        for (Value each : spec.items("variables")) {
            String name = each.text("name");
            Compiled variable = compile(environment, each.text("expression"), SimpleType.DYN);
            if (variables.put(name, variable) == null) {
                CelType type = variable instanceof Compiled.Ready ready ? ready.type() : SimpleType.DYN;
                environment = environment.with("variables." + name, type);
            }
        }
        return environment;
    }

    private Compiled compile(CelEnvironment environment, String expression, CelType type) {
        return compiling(environment, expression, type).get();
    }

    /**
     * Counted when it is asked for, compiled when it is needed.
     *
     * @param type dynamic for any
     */
    private Supplier<Compiled> compiling(CelEnvironment environment, String expression, CelType type) {
        if (++expressions > EXPRESSIONS_MAX) {
            return () -> new Compiled.Unreadable("budget: a policy of more than " + EXPRESSIONS_MAX + " expressions");
        }
        return () ->
                type.equals(SimpleType.DYN) ? environment.compile(expression) : environment.compile(expression, type);
    }

    /**
     * What one validation says about an object in scope.
     *
     * @param validation its place in the policy, from 0
     * @param params the parameters of the binding; null where the policy has none
     */
    Verdict judge(int validation, Review review, Scope scope, @Nullable Value params) {
        Activation activation = new Activation(names.of(review, scope, params), variables);
        Verdict asked = conditions(activation);
        return asked instanceof Verdict.Admitted ? judge(checks.get(validation), activation) : asked;
    }

    /** What each validation says, in the order of the policy; its conditions are asked once. */
    List<Verdict> judgeAll(Review review, Scope scope, @Nullable Value params) {
        Activation activation = new Activation(names.of(review, scope, params), variables);
        Verdict asked = conditions(activation);
        return asked instanceof Verdict.Admitted
                ? checks.stream().map(check -> judge(check, activation)).toList()
                : Collections.nCopies(checks.size(), asked);
    }

    private Verdict judge(Check check, Activation activation) {
        return switch (activation.evaluate(check.expression())) {
            case Outcome.Unknown unknown -> new Verdict.Unknown(unknown.why());
            case Outcome.Failed failed -> failed(failed.message());
            case Outcome.Result result ->
                result.value() instanceof Boolean holds
                        ? holds ? Verdict.ADMITTED : new Verdict.Refused(message(check, activation))
                        : failed("it gives no truth value");
        };
    }

    /** The policy's own expression for it, where that gives one line of text. */
    private static String message(Check check, Activation activation) {
        if (check.ownMessage() != null
                && activation.evaluate(check.ownMessage().compiled()) instanceof Outcome.Result result
                && result.value() instanceof String text) {
            String said = text.strip();
            if (!said.isEmpty() && said.length() <= MESSAGE_CHARS_MAX && said.indexOf('\n') < 0) {
                return said;
            }
        }
        return check.message();
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

    private static String shortened(String expression) {
        String line = expression.replaceAll("\\s+", " ").strip();
        return line.length() <= 120 ? line : line.substring(0, 117) + "...";
    }
}
