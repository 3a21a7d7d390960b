package io.plimsoll.audit.cel.library;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompilerLibrary;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelRuntimeLibrary;
import dev.cel.runtime.CelStandardFunctions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The libraries of one minor version of Kubernetes 1, as {@code k8s.io/apiserver/pkg/cel/environment} puts them together. */
public final class Libraries {

    /** Minor versions at which something came: an expression that needs a newer one is told which. */
    public static final List<Integer> STEPS = List.of(0, 28, 29, 30, 31, 32, 33, 34, 37);

    private static final int OPTIONALS = 28;
    private static final int STRINGS_2 = 29;
    private static final int SETS = 29;
    private static final int ADDRESSES = 30;
    private static final int FORMATS = 31;
    private static final int TWO_VARIABLES = 32;
    private static final int SEMVER = 33;
    private static final int LISTS_3 = 34;
    private static final int INCLUDES = 37;

    private Libraries() {}

    /** Optional values, their syntax, and comparing numbers of different kinds came together. */
    public static boolean hasOptionals(int minor) {
        return minor >= OPTIONALS;
    }

    public static List<CelCompilerLibrary> declared(int minor, CelOptions options) {
        ImmutableList.Builder<CelCompilerLibrary> libraries = ImmutableList.builder();
        libraries.add(CelExtensions.strings(strings(minor)));
        if (minor >= SETS) {
            libraries.add(CelExtensions.sets(options));
        }
        if (minor >= OPTIONALS) {
            libraries.add(CelExtensions.optional());
        }
        if (minor >= TWO_VARIABLES) {
            libraries.add(CelExtensions.comprehensions());
        }
        if (minor >= LISTS_3) {
            libraries.add(CelExtensions.lists(EnumSet.allOf(CelListsExtensions.Function.class)), new SortBy());
        }
        return libraries.addAll(own(minor)).build();
    }

    public static List<CelRuntimeLibrary> bodies(int minor, CelOptions options) {
        ImmutableList.Builder<CelRuntimeLibrary> libraries = ImmutableList.builder();
        Set<CelStringExtensions.Function> texts = strings(minor);
        texts.removeAll(EnumSet.of(CelStringExtensions.Function.REPLACE, CelStringExtensions.Function.JOIN));
        libraries.add(CelExtensions.strings(texts), Texts.bounded());
        if (minor >= SETS) {
            libraries.add(CelExtensions.sets(options));
        }
        if (minor >= OPTIONALS) {
            libraries.add(CelExtensions.optional(), OptionalIndex.library());
        }
        if (minor >= TWO_VARIABLES) {
            libraries.add(CelExtensions.comprehensions());
        }
        if (minor >= LISTS_3) {
            Set<CelListsExtensions.Function> lists = EnumSet.allOf(CelListsExtensions.Function.class);
            lists.remove(CelListsExtensions.Function.RANGE);
            libraries.add(CelExtensions.lists(lists), Lists.range());
        }
        return libraries.addAll(own(minor)).build();
    }

    /** CEL's own functions, but for matching regular expressions, which {@link Texts} does. */
    public static CelStandardFunctions standard() {
        return CelStandardFunctions.newBuilder()
                .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                .build();
    }

    private static List<FunctionLibrary> own(int minor) {
        ImmutableList.Builder<FunctionLibrary> libraries = ImmutableList.builder();
        libraries.add(Urls.library(), Finding.library(), Lists.library());
        if (minor >= OPTIONALS) {
            libraries.add(Quantities.library());
        }
        if (minor >= STRINGS_2) {
            libraries.add(Texts.format());
        }
        if (minor >= ADDRESSES) {
            libraries.add(Addresses.library());
        }
        if (minor >= FORMATS) {
            libraries.add(Formats.library());
        }
        if (minor >= SEMVER) {
            libraries.add(Semvers.library());
        }
        if (minor >= INCLUDES) {
            libraries.add(Lists.includes());
        }
        return libraries.build();
    }

    private static Set<CelStringExtensions.Function> strings(int minor) {
        EnumSet<CelStringExtensions.Function> functions =
                EnumSet.copyOf(Arrays.asList(CelStringExtensions.Function.values()));
        functions.remove(CelStringExtensions.Function.REVERSE);
        if (minor < STRINGS_2) {
            functions.remove(CelStringExtensions.Function.QUOTE);
        }
        return functions;
    }
}
