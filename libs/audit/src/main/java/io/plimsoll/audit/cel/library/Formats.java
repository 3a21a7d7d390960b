package io.plimsoll.audit.cel.library;

import dev.cel.common.types.ListType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;

/** {@code format.dns1123Label().validate(name)}: KEP-2876, since 1.31. */
final class Formats {

    private static final Parameter<NamedFormat> FORMAT = Parameter.opaque("kubernetes.NamedFormat", NamedFormat.class);

    private Formats() {}

    static FunctionLibrary library() {
        FunctionLibrary.Builder library = FunctionLibrary.builder()
                .global(
                        "format.named",
                        "format-named",
                        OptionalType.create(FORMAT.type()),
                        Parameter.STRING,
                        NamedFormat::named)
                .member(
                        "validate",
                        "format-validate",
                        OptionalType.create(ListType.create(SimpleType.STRING)),
                        FORMAT,
                        Parameter.STRING,
                        (format, text) -> Optional.of(format.faults(text)).filter(Formats::any));
        for (NamedFormat format : NamedFormat.values()) {
            library.global("format." + format.id(), FORMAT.type(), nothing -> format);
        }
        return library.build();
    }

    private static boolean any(List<String> faults) {
        return !faults.isEmpty();
    }
}
