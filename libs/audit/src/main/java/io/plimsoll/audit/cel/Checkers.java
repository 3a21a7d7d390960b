package io.plimsoll.audit.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import io.plimsoll.audit.cel.library.Libraries;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compilers of one version that know more or fewer of CEL's own functions. Each check declares all its compiler knows anew, which
 * takes much longer than the check; and a function that an expression does not call has no say in its types. So an expression
 * is checked with the fewest that hold all it calls. Immutable, any thread.
 */
final class Checkers {

    /** What most expressions are made of. */
    private static final Set<StandardFunction> FEW = EnumSet.of(
            StandardFunction.CONDITIONAL,
            StandardFunction.LOGICAL_AND,
            StandardFunction.LOGICAL_OR,
            StandardFunction.LOGICAL_NOT,
            StandardFunction.NOT_STRICTLY_FALSE,
            StandardFunction.EQUALS,
            StandardFunction.NOT_EQUALS,
            StandardFunction.IN,
            StandardFunction.INDEX,
            StandardFunction.SIZE,
            StandardFunction.CONTAINS,
            StandardFunction.STARTS_WITH,
            StandardFunction.ENDS_WITH,
            StandardFunction.MATCHES,
            StandardFunction.DYN);

    /** What optional values bring. */
    private static final Set<String> OF_OPTIONALS = Set.of(
            "_?._",
            "_[?_]",
            "optional.of",
            "optional.none",
            "optional.ofNonZeroValue",
            "hasValue",
            "value",
            "or",
            "orValue");

    /**
     * One compiler.
     *
     * @param functions of CEL's own; null for all
     * @param libraries false for optional values alone: no other library adds to the functions of {@link #FEW}, nor to adding
     */
    private record Kind(@Nullable Set<StandardFunction> functions, boolean libraries, Set<String> names) {
        Kind(@Nullable Set<StandardFunction> functions, boolean libraries) {
            this(functions, libraries, functions == null ? Set.of() : Checkers.names(functions));
        }

        boolean knows(Set<String> called) {
            return functions == null
                    || called.stream()
                            .allMatch(name -> names.contains(name)
                                    || (libraries ? !STANDARD.contains(name) : OF_OPTIONALS.contains(name)));
        }
    }

    private static final Set<String> STANDARD = names(EnumSet.allOf(StandardFunction.class));

    /** In the order of what they know. */
    private static final List<Kind> KINDS = List.of(
            new Kind(FEW, false),
            new Kind(more(FEW, StandardFunction.ADD), false),
            new Kind(more(FEW, StandardFunction.ADD, StandardFunction.STRING), true),
            new Kind(null, true));

    private final int minor;
    private final CelOptions options;
    /** Made when first needed. */
    private final @Nullable CelCompiler[] compilers = new @Nullable CelCompiler[KINDS.size()];

    Checkers(int minor, CelOptions options) {
        this.minor = minor;
        this.options = options;
    }

    private static Set<StandardFunction> more(Set<StandardFunction> functions, StandardFunction... others) {
        Set<StandardFunction> all = EnumSet.copyOf(functions);
        all.addAll(List.of(others));
        return all;
    }

    private static Set<String> names(Set<StandardFunction> functions) {
        return functions.stream().map(StandardFunction::functionName).collect(Collectors.toUnmodifiableSet());
    }

    private static CelCompiler compiler(int minor, CelOptions options, Kind kind) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(options)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(
                        kind.libraries() ? Libraries.declared(minor, options) : List.of(CelExtensions.optional()));
        Set<StandardFunction> known = kind.functions();
        if (known != null) {
            builder.setStandardEnvironmentEnabled(false)
                    .setStandardDeclarations(CelStandardDeclarations.newBuilder()
                            .filterFunctions((function, overload) -> known.contains(function))
                            .build());
        }
        return builder.build();
    }

    /** How many there are, in the order of what they know. */
    static int count() {
        return KINDS.size();
    }

    /** The one that knows everything, which also parses. */
    CelCompiler whole() {
        return compiler(KINDS.size() - 1);
    }

    private CelCompiler compiler(int which) {
        synchronized (compilers) {
            CelCompiler made = compilers[which];
            if (made == null) {
                made = compiler(minor, options, KINDS.get(which));
                compilers[which] = made;
            }
            return made;
        }
    }

    /** Which one an expression is checked with first. */
    int fewest(Set<String> called) {
        int whole = KINDS.size() - 1;
        // Before, overloads are left out of functions that are kept: that is for the whole to know.
        for (int i = Libraries.hasOptionals(minor) ? 0 : whole; i < whole; i++) {
            if (KINDS.get(i).knows(called)) {
                return i;
            }
        }
        return whole;
    }

    /** One of them with names of the types given. */
    CelCompiler naming(int which, List<Name> names) {
        CelCompilerBuilder builder = compiler(which).toCompilerBuilder();
        names.forEach(name -> builder.addVar(name.name(), name.type()));
        return builder.build();
    }

    record Name(String name, CelType type) {}
}
