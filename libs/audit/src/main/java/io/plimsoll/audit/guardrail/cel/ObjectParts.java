package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.cel.Activation;
import io.plimsoll.audit.cel.CelEnvironment;
import io.plimsoll.audit.cel.Compiled;
import io.plimsoll.audit.cel.Outcome;
import io.plimsoll.audit.cel.PlainValues;
import io.plimsoll.kubernetes.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Named parts of an object that many programs use, in terms of the object alone: compiled once, and of one object evaluated
 * once for all programs that are asked of it one after another. Any thread.
 */
public final class ObjectParts {

    /** What a thread asked last. */
    private static final class Last {
        private @Nullable Value object;
        private Object plain = "";
        private Map<String, Outcome> evaluated = Map.of();
    }

    private final Map<String, Compiled> compiled = new LinkedHashMap<>();
    private final ThreadLocal<Last> last = ThreadLocal.withInitial(Last::new);

    /** @param parts by name, each in terms of {@code object} and those before it; meant by {@code variables.<name>} */
    public ObjectParts(Map<String, String> parts) {
        CelEnvironment environment = new CelEnvironment(List.copyOf(parts.keySet()));
        parts.forEach((name, text) -> compiled.put(name, environment.compile(text)));
    }

    Map<String, Compiled> compiled() {
        return compiled;
    }

    /** Evaluates with {@code object} known, and with what is known of its parts already. */
    @SuppressWarnings(
            "ReferenceEquality") // The very object is meant; comparing two by content costs more than evaluating.
    Outcome evaluate(Value object, Map<String, Object> known, Map<String, Compiled> variables, Compiled expression) {
        Last mine = last.get();
        if (mine.object != object) {
            mine.object = object;
            mine.plain = PlainValues.of(object);
            mine.evaluated = new HashMap<>();
        }
        known.put("object", mine.plain);
        Activation activation = new Activation(known, variables);
        activation.settle(mine.evaluated);
        Outcome outcome = activation.evaluate(expression);
        for (String name : compiled.keySet()) {
            Outcome part = activation.settled(name);
            // A budget is each program's own.
            if (part != null && !(part instanceof Outcome.Unknown)) {
                mine.evaluated.put(name, part);
            }
        }
        return outcome;
    }
}
