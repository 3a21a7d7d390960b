package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.cel.CelEnvironment;
import io.plimsoll.audit.cel.Compiled;
import io.plimsoll.audit.cel.Outcome;
import io.plimsoll.audit.cel.PlainValues;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One expression of admission's CEL with named parts, asked of objects one by one. Loading this class loads CEL. Any thread. */
public final class ObjectProgram {

    /** What an expression gives for one object. */
    public sealed interface Result {

        /** @param value a truth value, list, map, text or number as CEL has them */
        record Given(Object value) implements Result {}

        /** It fails, as it would at admission. */
        record Failed(String message) implements Result {}

        /** @param budget whether its bound was reached, else it cannot be told outside a cluster */
        record Unknown(String why, boolean budget) implements Result {}
    }

    private final ObjectParts parts;
    private final Map<String, Compiled> variables = new LinkedHashMap<>();
    private final Compiled expression;

    /**
     * @param parts of the object, shared with other programs
     * @param variables its own by name, each in terms of the parts and of those before it; meant by {@code variables.<name>}
     */
    public ObjectProgram(ObjectParts parts, Map<String, String> variables, String expression) {
        this.parts = parts;
        this.variables.putAll(parts.compiled());
        List<String> names = new ArrayList<>(parts.compiled().keySet());
        names.addAll(variables.keySet());
        CelEnvironment environment = new CelEnvironment(names);
        variables.forEach((name, text) -> this.variables.put(name, environment.compile(text)));
        this.expression = environment.compile(expression);
    }

    /** Why the expression or one of its parts cannot be evaluated at all; empty when it can. */
    public String fault() {
        for (Compiled each : variables.values()) {
            if (each instanceof Compiled.Unreadable unreadable) {
                return unreadable.why();
            }
        }
        return expression instanceof Compiled.Unreadable unreadable ? unreadable.why() : "";
    }

    /**
     * @param params what {@code params} stands for; missing for null
     * @param namespace the Namespace object; missing for null
     */
    public Result evaluate(Value object, Value params, Value namespace) {
        Map<String, Object> known = new HashMap<>();
        if (params.present()) {
            known.put("params", PlainValues.of(params));
        }
        if (namespace.present()) {
            known.put("namespaceObject", PlainValues.of(namespace));
        }
        return switch (parts.evaluate(object, known, variables, expression)) {
            case Outcome.Result result -> new Result.Given(result.value());
            case Outcome.Failed failed -> new Result.Failed(failed.message());
            case Outcome.Unknown unknown ->
                new Result.Unknown(unknown.why(), unknown.why().startsWith("budget"));
        };
    }
}
