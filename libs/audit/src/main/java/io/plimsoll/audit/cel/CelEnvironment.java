package io.plimsoll.audit.cel;

import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelRuntimeLibrary;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The CEL of admission: what an expression may name, and the bounds of reading one. What cannot be known outside a cluster
 * ({@code authorizer}, the user of a request) is not declared, so an expression that needs it does not compile.
 */
public final class CelEnvironment {

    /** Longest expression, in characters. */
    public static final int EXPRESSION_CHARS_MAX = 64 << 10;
    /** Most steps of all loops in one evaluation; beyond it the rule is not evaluated. */
    public static final int ITERATIONS_MAX = 10_000;

    public static final List<String> VARIABLES = List.of("object", "oldObject", "request", "params", "namespaceObject");

    private static final CelOptions OPTIONS = CelOptions.current()
            .comprehensionMaxIterations(ITERATIONS_MAX)
            .maxExpressionCodePointSize(EXPRESSION_CHARS_MAX)
            .enableHeterogeneousNumericComparisons(true)
            .enableRegexPartialMatch(true)
            .build();

    /** Field names that are reserved words of CEL are escaped in Kubernetes; here they are read as they are. */
    private static final Pattern ESCAPED_WORD = Pattern.compile(
            "\\.(\\??)__(as|break|const|continue|else|for|function|if|import|let|loop|package|namespace|return|var|void|while)__");

    private static final Pattern ESCAPED_SIGN = Pattern.compile("\\w__(dash|dot|slash|underscores)__");
    private static final Pattern USER = Pattern.compile("\\brequest\\s*\\.\\s*(userInfo|uid|options)\\b");

    private final CelCompiler compiler;
    private final CelRuntime runtime;

    /** @param variables names of the policy's own variables */
    public CelEnvironment(List<String> variables) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(compilerLibraries());
        VARIABLES.forEach(name -> builder.addVar(name, SimpleType.DYN));
        variables.forEach(name -> builder.addVar("variables." + name, SimpleType.DYN));
        this.compiler = builder.build();
        this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(OPTIONS)
                .addLibraries(runtimeLibraries())
                .build();
    }

    /** An expression ready to run, or why it cannot be. */
    public Compiled compile(String expression) {
        if (expression.length() > EXPRESSION_CHARS_MAX) {
            return new Compiled.Unreadable("an expression over " + EXPRESSION_CHARS_MAX + " characters");
        }
        if (USER.matcher(expression).find()) {
            return new Compiled.Unreadable("not auditable: it asks who makes the request");
        }
        if (ESCAPED_SIGN.matcher(expression).find()) {
            return new Compiled.Unreadable("not auditable: it uses escaped field names");
        }
        try {
            String text = ESCAPED_WORD.matcher(expression).replaceAll(".$1$2");
            return new Compiled.Ready(
                    runtime.createProgram(compiler.compile(text).getAst()));
        } catch (CelValidationException | CelEvaluationException e) {
            return new Compiled.Unreadable("not auditable: " + plain(firstLine(e.getMessage())));
        }
    }

    static String firstLine(@org.jspecify.annotations.Nullable String message) {
        String text = message == null ? "" : message.strip();
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end);
    }

    /** {@code ERROR: <input>:1:5: undeclared reference to 'ip' (in container '')} without what says nothing. */
    private static String plain(String message) {
        return message.replaceFirst("^ERROR: <input>:\\d+:\\d+: ", "").replaceFirst(" \\(in container ''\\)$", "");
    }

    private static List<CelCompilerLibrary> compilerLibraries() {
        return List.of(
                CelExtensions.strings(),
                CelExtensions.optional(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.lists(),
                CelExtensions.bindings(),
                CelExtensions.comprehensions(),
                KubernetesFunctions.LIBRARY);
    }

    private static List<CelRuntimeLibrary> runtimeLibraries() {
        return List.of(
                CelExtensions.strings(),
                CelExtensions.optional(),
                CelExtensions.sets(OPTIONS),
                CelExtensions.lists(),
                CelExtensions.comprehensions(),
                KubernetesFunctions.LIBRARY);
    }
}
