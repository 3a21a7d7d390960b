package io.plimsoll.audit.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import io.plimsoll.audit.cel.library.Effort;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the names in a policy's expressions stand for, for one object. A variable is evaluated when it is first asked for, as in
 * the API server: one that nobody needs may fail. Not safe for use by two threads at once.
 */
public final class Activation implements CelVariableResolver {

    private static final String PREFIX = "variables.";

    /** Charged for an expression whose steps are not counted. */
    private static final int QUICK = 8_000;

    private final Map<String, Object> known;
    private final Map<String, Compiled> variables;
    private final Map<String, Outcome> evaluated = new HashMap<>();
    private final Effort effort;
    private final Steps steps;
    private String unknown = "";

    /**
     * @param known by name, or how to come by it; what is absent is null
     * @param variables the policy's own, by name without prefix
     */
    public Activation(Map<String, Object> known, Map<String, Compiled> variables) {
        this(known, variables, () -> false);
    }

    /**
     * As above, for callers that have a clock.
     *
     * @param late true once time is up, from when on every outcome is unknown; asked often, on the evaluating thread
     */
    public Activation(Map<String, Object> known, Map<String, Compiled> variables, BooleanSupplier late) {
        this.known = known;
        this.variables = variables;
        this.effort = new Effort(Effort.WORK_MAX, late);
        this.steps = new Steps(effort);
    }

    /** What is known of variables already, from another activation for the same object. */
    public void settle(Map<String, Outcome> before) {
        evaluated.putAll(before);
    }

    /** What a variable gave; null while nobody asked for it. */
    public @Nullable Outcome settled(String variable) {
        return evaluated.get(variable);
    }

    /** Never fails. All expressions evaluated here share one budget. */
    public Outcome evaluate(Compiled expression) {
        unknown = "";
        return effort.during(() -> run(expression));
    }

    private Outcome run(Compiled expression) {
        return switch (expression) {
            case Compiled.Unreadable unreadable -> {
                unknown = unreadable.why();
                yield new Outcome.Unknown(unreadable.why());
            }
            case Compiled.Ready ready -> run(ready);
        };
    }

    private Outcome run(Compiled.Ready ready) {
        try {
            if (ready.quick().isPresent()) {
                effort.charge(QUICK);
                return result(ready.quick().get().eval(this));
            }
            return result(ready.thorough().trace(this, steps));
        } catch (CelEvaluationException e) {
            // More turns than an expression has that nobody counts: again, counting.
            return e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED ? again(ready) : failed(e);
        } catch (Effort.Spent e) {
            return new Outcome.Unknown(effort.spent());
        } catch (StackOverflowError e) {
            return new Outcome.Unknown("budget: a value nested too deeply");
        }
    }

    private Outcome again(Compiled.Ready ready) {
        try {
            return result(ready.thorough().trace(this, steps));
        } catch (CelEvaluationException e) {
            return failed(e);
        } catch (StackOverflowError e) {
            return new Outcome.Unknown("budget: a value nested too deeply");
        }
    }

    private Outcome result(Object value) {
        // What failed may have been swallowed by the other side of a || or &&.
        return effort.spent().isEmpty() ? new Outcome.Result(value) : new Outcome.Unknown(effort.spent());
    }

    private Outcome failed(CelEvaluationException e) {
        if (!effort.spent().isEmpty()) {
            unknown = effort.spent();
        } else if (e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
            unknown = "budget: more than " + CelEnvironment.ITERATIONS_MAX + " turns of loops for one object";
        }
        return unknown.isEmpty() ? new Outcome.Failed(reason(e)) : new Outcome.Unknown(unknown);
    }

    /** What a function says when it fails says more than which function it was. */
    private static String reason(CelEvaluationException e) {
        Throwable cause = e.getCause();
        String said = cause instanceof IllegalArgumentException ? cause.getMessage() : null;
        return CelEnvironment.firstLine(said == null ? e.getMessage() : said);
    }

    @Override
    public Optional<Object> find(String name) {
        if (!name.startsWith(PREFIX)) {
            // Only what the environment declares is asked for, and what is declared and not there is null.
            Object value = known.getOrDefault(name, NullValue.NULL_VALUE);
            return Optional.of(value instanceof Supplier<?> later ? later.get() : value);
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
