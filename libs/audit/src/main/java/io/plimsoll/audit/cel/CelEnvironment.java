package io.plimsoll.audit.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.plimsoll.audit.cel.library.ItemTypes;
import io.plimsoll.audit.cel.library.Libraries;
import io.plimsoll.audit.cel.library.OptionalIndex;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The CEL of one version of the API server: its functions, what an expression may name, and the bounds of reading one. Objects
 * are of no declared type, as they are for the API server when it evaluates an admission policy. What cannot be known outside
 * a cluster ({@code authorizer}, the user of a request) makes an expression unreadable here. Immutable, any thread.
 */
public final class CelEnvironment {

    /** Longest expression, in characters. */
    public static final int EXPRESSION_CHARS_MAX = 64 << 10;

    /** Most turns of all loops in one expression; the work they do is over its own bound before. */
    public static final int ITERATIONS_MAX = 250_000;

    /** What an admission policy may name. */
    public static final List<String> VARIABLES = List.of("object", "oldObject", "request", "params", "namespaceObject");

    /** Most turns of all loops of an expression that is run without counting what it does otherwise. */
    static final int QUICK_ITERATIONS_MAX = 2_000;

    private record Base(Checkers checkers, CelRuntime thorough, CelRuntime quick) {}

    /** By minor version, of which there are few: making one takes much longer than compiling an expression. */
    private static final Map<Integer, Base> BASES = new ConcurrentHashMap<>();

    /** Expressions kept ready, those asked for longest ago going first: policies of one origin declare the same variables over and over. */
    private static final int KEPT_MAX = 500;

    /** Longer ones are compiled each time: what is kept has a bound in characters too. */
    private static final int KEPT_CHARS_MAX = 2 << 10;

    private record Asked(TargetVersion target, List<Checkers.Name> names, String expression) {}

    private static final Map<Asked, Compiled.Ready> KEPT =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Asked, Compiled.Ready> eldest) {
                    return size() > KEPT_MAX;
                }
            });

    private final TargetVersion target;
    private final List<Checkers.Name> names;
    private final Base base;
    /** Made when an expression needs it, by the order of the checkers. */
    private final @Nullable CelCompiler[] compilers;

    /** For admission policies and the newest version, see {@link #admission}. */
    public CelEnvironment(List<String> variables) {
        this(untyped(names(variables)), TargetVersion.NEWEST);
    }

    private CelEnvironment(List<Checkers.Name> names, TargetVersion target) {
        this.target = target;
        this.names = names;
        this.base = BASES.computeIfAbsent(step(target), CelEnvironment::base);
        this.compilers = new @Nullable CelCompiler[Checkers.count()];
    }

    private static List<Checkers.Name> untyped(Collection<String> names) {
        return names.stream()
                .map(name -> new Checkers.Name(name, SimpleType.DYN))
                .toList();
    }

    private CelCompiler compiler(int which) {
        synchronized (compilers) {
            CelCompiler made = compilers[which];
            if (made == null) {
                made = base.checkers().naming(which, names);
                compilers[which] = made;
            }
            return made;
        }
    }

    /** With the fewest functions that do; what is refused is said by the compiler that knows all. */
    private CelValidationResult check(CelAbstractSyntaxTree parsed, ExpressionParts parts) {
        int fewest = base.checkers().fewest(parts.functions());
        int whole = compilers.length - 1;
        CelValidationResult result = compiler(fewest).check(parsed);
        return result.hasError() && fewest < whole ? compiler(whole).check(parsed) : result;
    }

    /**
     * An environment for the expressions of an admission policy.
     *
     * @param target whose libraries there are
     * @param variables names of the policy's own variables, which are named {@code variables.<name>}
     */
    public static CelEnvironment admission(TargetVersion target, List<String> variables) {
        return new CelEnvironment(untyped(names(variables)), target);
    }

    /**
     * An environment whose expressions may name exactly this.
     *
     * @param names such as {@code object} or {@code variables.containers}
     */
    public static CelEnvironment naming(TargetVersion target, Collection<String> names) {
        return new CelEnvironment(untyped(names), target);
    }

    /**
     * This environment with one more name of a known type: a policy's variables are of the type of their expressions.
     *
     * @param name such as {@code variables.containers}
     */
    public CelEnvironment with(String name, CelType type) {
        List<Checkers.Name> more = new ArrayList<>(names);
        more.add(new Checkers.Name(name, type));
        return new CelEnvironment(List.copyOf(more), target);
    }

    /** As {@link #compile}, and refused, as by the API server, where it gives anything but a value of {@code type}. */
    public Compiled compile(String expression, CelType type) {
        return switch (compile(expression)) {
            case Compiled.Ready ready
            when !ready.type().equals(type) ->
                new Compiled.Unreadable("not auditable: must evaluate to " + type.name());
            case Compiled.Ready ready -> ready;
            case Compiled.Unreadable unreadable -> unreadable;
        };
    }

    public TargetVersion target() {
        return target;
    }

    /** An expression ready to run, or why it cannot be. Never fails. */
    public Compiled compile(String expression) {
        if (expression.length() > EXPRESSION_CHARS_MAX) {
            return new Compiled.Unreadable("budget: an expression over " + EXPRESSION_CHARS_MAX + " characters");
        }
        if (expression.length() > KEPT_CHARS_MAX) {
            return compileAnew(expression);
        }
        Asked asked = new Asked(target, names, expression);
        Compiled.Ready kept = KEPT.get(asked);
        if (kept != null) {
            return kept;
        }
        Compiled made = compileAnew(expression);
        if (made instanceof Compiled.Ready ready) {
            KEPT.put(asked, ready);
        }
        return made;
    }

    private Compiled compileAnew(String expression) {
        try {
            CelAbstractSyntaxTree parsed =
                    base.checkers().whole().parse(expression).getAst();
            ExpressionParts parts = ExpressionParts.of(parsed);
            Optional<String> clusterOnly = parts.clusterOnly();
            if (clusterOnly.isPresent()) {
                return new Compiled.Unreadable("not auditable: " + clusterOnly.get());
            }
            CelAbstractSyntaxTree checked =
                    OptionalIndex.resolved(check(parsed, parts).getAst());
            Optional<String> refusal = ItemTypes.refusal(checked);
            return refusal.isPresent()
                    ? new Compiled.Unreadable(refused(refusal.get(), expression))
                    : new Compiled.Ready(
                            base.thorough().createProgram(checked),
                            parts.frugal() ? Optional.of(base.quick().createProgram(checked)) : Optional.empty(),
                            checked.getResultType());
        } catch (CelValidationException | CelEvaluationException e) {
            return new Compiled.Unreadable(refused(plain(firstLine(e.getMessage())), expression));
        } catch (StackOverflowError e) {
            return new Compiled.Unreadable("budget: an expression nested too deeply");
        }
    }

    private String refused(String message, String expression) {
        for (int step : Libraries.STEPS) {
            if (step > target.minor()) {
                CelEnvironment newer = new CelEnvironment(names, new TargetVersion(step));
                if (newer.compile(expression) instanceof Compiled.Ready) {
                    return "not auditable: it needs Kubernetes 1." + step + ", the target is " + target + ": "
                            + message;
                }
            }
        }
        return "not auditable: " + message;
    }

    static String firstLine(@Nullable String message) {
        String text = message == null ? "" : message.strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** {@code ERROR: <input>:1:5: undeclared reference to 'ip' (in container '')} without what says nothing. */
    private static String plain(String message) {
        return message.replaceFirst("^ERROR: <input>:\\d+:\\d+: ", "").replaceFirst(" \\(in container ''\\)$", "");
    }

    private static List<String> names(List<String> variables) {
        List<String> names = new ArrayList<>(VARIABLES);
        variables.forEach(name -> names.add("variables." + name));
        return List.copyOf(names);
    }

    /** The oldest version that speaks as this one does. */
    private static int step(TargetVersion target) {
        return Libraries.STEPS.stream()
                .filter(step -> step <= target.minor())
                .reduce((older, newer) -> newer)
                .orElse(0);
    }

    private static Base base(int minor) {
        CelOptions options = options(minor, ITERATIONS_MAX);
        return new Base(
                new Checkers(minor, options),
                runtime(minor, options),
                runtime(minor, options(minor, QUICK_ITERATIONS_MAX)));
    }

    private static CelOptions options(int minor, int iterationsMax) {
        return CelOptions.current()
                .comprehensionMaxIterations(iterationsMax)
                .maxExpressionCodePointSize(EXPRESSION_CHARS_MAX)
                .enableHomogeneousLiterals(true)
                .enableHeterogeneousNumericComparisons(Libraries.hasOptionals(minor))
                .enableRegexPartialMatch(true)
                .build();
    }

    private static CelRuntime runtime(int minor, CelOptions options) {
        return CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(Libraries.standard())
                .addLibraries(Libraries.bodies(minor, options))
                .build();
    }
}
