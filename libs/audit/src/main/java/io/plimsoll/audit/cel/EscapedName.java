package io.plimsoll.audit.cel;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of fields that CEL cannot spell: {@code a-b} is written {@code a__dash__b}, {@code namespace} may be written
 * {@code __namespace__} (Kubernetes documentation, Common Expression Language, escaping).
 */
final class EscapedName {

    private static final Pattern SEQUENCE = Pattern.compile("__([^_]+)__");
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private EscapedName() {}

    /** The name that is meant; empty where the text is no escaped name. */
    static Optional<String> meant(String written) {
        if (!written.contains("__")) {
            return Optional.empty();
        }
        Matcher sequence = SEQUENCE.matcher(written);
        StringBuilder name = new StringBuilder();
        boolean any = false;
        while (sequence.find()) {
            String inside = sequence.group(1);
            String sign =
                    switch (inside) {
                        case "underscores" -> "__";
                        case "dot" -> ".";
                        case "dash" -> "-";
                        case "slash" -> "/";
                        default -> RESERVED.contains(inside) && written.length() == inside.length() + 4 ? inside : "";
                    };
            if (sign.isEmpty()) {
                return Optional.empty();
            }
            any = true;
            sequence.appendReplacement(name, Matcher.quoteReplacement(sign));
        }
        return any ? Optional.of(sequence.appendTail(name).toString()) : Optional.empty();
    }
}
