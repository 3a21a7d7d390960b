package io.plimsoll.audit.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the names in a policy's expressions stand for, for one object. A variable is evaluated when it is first asked for, as in
 * the API server: one that nobody needs may fail. Not safe for use by two threads at once.
 */
public final class Activation implements CelVariableResolver {

    private static final String PREFIX = "variables.";

    private final Map<String, Object> known;
    private final Map<String, Compiled> variables;
    private final Map<String, Outcome> evaluated = new HashMap<>();
    private String unknown = "";

    /**
     * @param known by name; what is absent is null
     * @param variables the policy's own, by name without prefix
     */
    public Activation(Map<String, Object> known, Map<String, Compiled> variables) {
        this.known = known;
        this.variables = variables;
    }

    public Outcome evaluate(Compiled expression) {
        unknown = "";
        return run(expression);
    }

    private Outcome run(Compiled expression) {
        return switch (expression) {
            case Compiled.Unreadable unreadable -> {
                unknown = unreadable.why();
                yield new Outcome.Unknown(unreadable.why());
            }
            case Compiled.Ready ready -> {
                try {
                    yield new Outcome.Result(ready.program().eval(this));
                } catch (CelEvaluationException e) {
                    if (e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
                        unknown = "budget: more than " + CelEnvironment.ITERATIONS_MAX + " steps for one object";
                    }
                    yield unknown.isEmpty()
                            ? new Outcome.Failed(CelEnvironment.firstLine(e.getMessage()))
                            : new Outcome.Unknown(unknown);
                }
            }
        };
    }

    @Override
    public Optional<Object> find(String name) {
        if (!name.startsWith(PREFIX)) {
            return CelEnvironment.VARIABLES.contains(name)
                    ? Optional.of(known.getOrDefault(name, NullValue.NULL_VALUE))
                    : Optional.empty();
        }
        String variable = name.substring(PREFIX.length());
        Compiled expression = variables.get(variable);
        if (expression == null) {
            return Optional.empty();
        }
        Outcome outcome = evaluated.get(variable);
        if (outcome == null) {
            // Kubernetes lets a variable use only those before it; a circle is refused there and ends here.
            evaluated.put(variable, new Outcome.Failed("variable " + variable + " needs itself"));
            outcome = run(expression);
            evaluated.put(variable, outcome);
        }
        return switch (outcome) {
            case Outcome.Result result -> Optional.of(result.value());
            case Outcome.Failed failed -> throw new VariableFailed(failed.message());
            case Outcome.Unknown reason -> {
                unknown = reason.why();
                throw new VariableFailed(reason.why());
            }
        };
    }

    private static final class VariableFailed extends RuntimeException {
        VariableFailed(String message) {
            super(message, null, false, false);
        }
    }
}
