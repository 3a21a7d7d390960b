package io.plimsoll.audit.cel.library;

import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/** {@code 'a1'.find('[0-9]')}: KEP-2876, since the beginning. */
final class Finding {

    private Finding() {}

    static FunctionLibrary library() {
        ListType texts = ListType.create(SimpleType.STRING);
        return FunctionLibrary.builder()
                .member(
                        "find",
                        "string_find_string",
                        SimpleType.STRING,
                        Parameter.STRING,
                        Parameter.STRING,
                        Patterns::find)
                .member(
                        "findAll",
                        "string_find_all_string",
                        texts,
                        Parameter.STRING,
                        Parameter.STRING,
                        (text, pattern) -> Patterns.findAll(text, pattern, -1))
                .member(
                        "findAll",
                        "string_find_all_string_int",
                        texts,
                        List.of(Parameter.STRING, Parameter.STRING, Parameter.INT),
                        arguments ->
                                Patterns.findAll((String) arguments[0], (String) arguments[1], (Long) arguments[2]))
                .build();
    }
}
