package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.review.Quantity;
import io.plimsoll.audit.guardrail.review.Wildcard;
import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * Kyverno's overlay patterns, as far as they can be read exactly: plain fields, the anchors {@code (k)}, {@code =(k)},
 * {@code X(k)} and {@code ^(k)}, lists with one pattern for all items, wildcards, and the operators of scalars.
 */
final class Pattern {

    private static final java.util.regex.Pattern ANCHOR = java.util.regex.Pattern.compile("([=X^+<]?)\\((.+)\\)");
    private static final java.util.regex.Pattern RANGE = java.util.regex.Pattern.compile("[\\w.]+!?-[\\w.]+");
    private static final java.util.regex.Pattern COMPARED = java.util.regex.Pattern.compile("(>=|<=|>|<)\\s*(.+)");

    private Pattern() {}

    /** A pattern that uses what is not read here. */
    static final class Unreadable extends RuntimeException {
        Unreadable() {
            super(null, null, false, false);
        }
    }

    /** @throws Unreadable where the answer would be a guess */
    static boolean matches(Value pattern, Value value) {
        return switch (pattern) {
            case Value.Obj map -> map(map, value);
            case Value.Arr list -> list(list, value);
            case Value.Null nothing -> !value.present();
            case Value.Bool bool -> scalarText(value).equals(Boolean.toString(bool.raw()));
            case Value.Num num ->
                value instanceof Value.Num number && number.raw().compareTo(num.raw()) == 0;
            case Value.Text text -> scalar(text.raw(), value);
        };
    }

    /** The fields a pattern touches, one a line, without anchors: for telling what it is for. */
    static String text(Value pattern) {
        StringBuilder text = new StringBuilder();
        describe("", pattern, text);
        return text.toString();
    }

    private static boolean map(Value.Obj pattern, Value value) {
        if (!(value instanceof Value.Obj)) {
            return false;
        }
        for (Map.Entry<String, Value> field : pattern.fields().entrySet()) {
            if (anchor(field.getKey()).equals("()") && !condition(field, value)) {
                return true;
            }
        }
        for (Map.Entry<String, Value> field : pattern.fields().entrySet()) {
            if (!field(field.getKey(), field.getValue(), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean condition(Map.Entry<String, Value> field, Value value) {
        Value here = value.at(name(field.getKey()));
        return here.present() && matches(field.getValue(), here);
    }

    private static boolean field(String key, Value pattern, Value value) {
        Value here = value.at(name(key));
        return switch (anchor(key)) {
            case "" -> {
                if (key.contains("*") || key.contains("?")) {
                    throw new Unreadable();
                }
                yield matches(pattern, here);
            }
            case "()" -> true;
            case "=()" -> !here.present() || matches(pattern, here);
            case "X()" -> !here.present();
            case "^()" -> {
                if (pattern.items().size() != 1) {
                    throw new Unreadable();
                }
                Value one = pattern.items().getFirst();
                yield here.items().stream().anyMatch(item -> matches(one, item));
            }
            default -> throw new Unreadable();
        };
    }

    private static boolean list(Value.Arr pattern, Value value) {
        if (pattern.values().size() != 1) {
            throw new Unreadable();
        }
        Value each = pattern.values().getFirst();
        return value instanceof Value.Arr items && items.values().stream().allMatch(item -> matches(each, item));
    }

    /** Alternatives with {@code |}, each of terms with {@code &}. */
    private static boolean scalar(String pattern, Value value) {
        if (pattern.contains("{{")
                || pattern.contains("$(")
                || (RANGE.matcher(pattern).matches() && ranges(pattern))) {
            throw new Unreadable();
        }
        for (String alternative : pattern.split("\\|")) {
            boolean all = true;
            for (String term : alternative.split("&")) {
                all &= term(term.strip(), value);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    private static boolean ranges(String pattern) {
        return List.of(pattern.split("!?-")).stream()
                .allMatch(end -> Quantity.of(end).isPresent());
    }

    private static boolean term(String term, Value value) {
        if (term.startsWith("!")) {
            return value.present() && !Wildcard.matches(term.substring(1).strip(), scalarText(value));
        }
        Matcher compared = COMPARED.matcher(term);
        if (compared.matches()) {
            return compared(compared.group(1), compared.group(2), value);
        }
        return value.text().isPresent() && Wildcard.matches(term, scalarText(value));
    }

    private static boolean compared(String operator, String bound, Value value) {
        Optional<BigDecimal> limit = Quantity.of(bound.strip());
        Optional<BigDecimal> number = Quantity.of(value);
        if (limit.isEmpty() || (value.present() && number.isEmpty())) {
            throw new Unreadable();
        }
        if (number.isEmpty()) {
            return false;
        }
        int order = number.get().compareTo(limit.get());
        return switch (operator) {
            case ">" -> order > 0;
            case "<" -> order < 0;
            case ">=" -> order >= 0;
            default -> order <= 0;
        };
    }

    private static String scalarText(Value value) {
        return value.text().orElse("");
    }

    private static String anchor(String key) {
        Matcher anchored = ANCHOR.matcher(key);
        return anchored.matches() ? anchored.group(1) + "()" : "";
    }

    private static String name(String key) {
        Matcher anchored = ANCHOR.matcher(key);
        return anchored.matches() ? anchored.group(2) : key;
    }

    private static void describe(String path, Value pattern, StringBuilder text) {
        switch (pattern) {
            case Value.Obj map ->
                map.fields()
                        .forEach((key, value) -> describe(path + (path.isEmpty() ? "" : ".") + name(key), value, text));
            case Value.Arr list -> list.values().forEach(value -> describe(path, value, text));
            case Value.Null nothing -> text.append(path).append('\n');
            case Value.Text scalar ->
                text.append(path).append(" '").append(scalar.raw()).append("'\n");
            case Value.Num scalar -> text.append(path).append('\n');
            case Value.Bool scalar -> text.append(path).append('\n');
        }
    }
}
