package io.plimsoll.audit.cel.library;

import dev.cel.common.types.SimpleType;
import java.util.List;

/**
 * Functions on texts that their common implementation does not bound, or does not have: one call of {@code replace} or
 * {@code join} can make more of its arguments than fits in memory.
 */
final class Texts {

    private Texts() {}

    /** Bodies for overloads that CEL's own libraries declare. */
    static FunctionLibrary bounded() {
        return FunctionLibrary.builder()
                .bind("matches", List.of(Parameter.STRING, Parameter.STRING), Texts::matches)
                .bind("matches_string", List.of(Parameter.STRING, Parameter.STRING), Texts::matches)
                .bind(
                        "string_replace_string_string",
                        List.of(Parameter.STRING, Parameter.STRING, Parameter.STRING),
                        arguments -> replace(arguments, -1))
                .bind(
                        "string_replace_string_string_int",
                        List.of(Parameter.STRING, Parameter.STRING, Parameter.STRING, Parameter.INT),
                        arguments -> replace(arguments, (Long) arguments[3]))
                .bind("list_join", List.of(Parameter.ANY_LIST), arguments -> join((List<?>) arguments[0], ""))
                .bind(
                        "list_join_string",
                        List.of(Parameter.ANY_LIST, Parameter.STRING),
                        arguments -> join((List<?>) arguments[0], (String) arguments[1]))
                .build();
    }

    /** {@code '%s is %d'.format([a, b])}: since 1.29. */
    static FunctionLibrary format() {
        return FunctionLibrary.builder()
                .member(
                        "format",
                        "string_format",
                        SimpleType.STRING,
                        List.of(Parameter.STRING, Parameter.ANY_LIST),
                        arguments -> new TextFormat((String) arguments[0], (List<?>) arguments[1]).text())
                .build();
    }

    private static Object matches(Object[] arguments) {
        return Patterns.matches((String) arguments[0], (String) arguments[1]);
    }

    /** As Go's {@code strings.Replace}: nothing to look for stands before every character and at the end. */
    private static String replace(Object[] arguments, long max) {
        String text = (String) arguments[0];
        String from = (String) arguments[1];
        String to = (String) arguments[2];
        StringBuilder result = new StringBuilder();
        Effort.spend(text.length());
        int copied = 0;
        int look = 0;
        for (long done = 0; max < 0 || done < max; done++) {
            int found = from.isEmpty() ? look : text.indexOf(from, copied);
            if (found < 0 || found > text.length()) {
                break;
            }
            Effort.spend(to.length());
            result.append(text, copied, found).append(to);
            copied = found + from.length();
            look = found < text.length() ? text.offsetByCodePoints(found, 1) : found + 1;
        }
        return result.append(text, copied, text.length()).toString();
    }

    private static String join(List<?> list, String separator) {
        StringBuilder result = new StringBuilder();
        boolean first = true;
        for (Object item : list) {
            if (!(item instanceof String text)) {
                throw new IllegalArgumentException("no such overload: join takes texts");
            }
            Effort.spend(separator.length() + text.length() + 1L);
            result.append(first ? "" : separator).append(text);
            first = false;
        }
        return result.toString();
    }
}
