package io.plimsoll.audit.export;

import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Manifests as YAML that people read: fields in their order, long texts folded into lines of their own. */
final class ManifestText {

    /** Longest text that stands behind its key. */
    private static final int INLINE_CHARS_MAX = 100;

    /** What no reader of YAML takes for anything but a text. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9/._-]*(?: [A-Za-z0-9/._()=;-]+)*");

    private static final Pattern WORD_OF_YAML =
            Pattern.compile("(?i)true|false|yes|no|on|off|y|n|null|~|[-+.]?(inf|nan)");

    private ManifestText() {}

    /** Ends with a line break. */
    static String of(Value value) {
        StringBuilder text = new StringBuilder();
        if (value instanceof Value.Obj obj) {
            fields(obj.fields(), "", text);
        } else {
            text.append(scalar(value, "")).append('\n');
        }
        return text.toString();
    }

    private static void fields(Map<String, Value> fields, String indent, StringBuilder text) {
        fields.forEach((key, value) -> {
            text.append(indent).append(plain(key)).append(':');
            nested(value, indent, text);
        });
    }

    private static void nested(Value value, String indent, StringBuilder text) {
        switch (value) {
            case Value.Obj obj
            when !obj.fields().isEmpty() -> {
                text.append('\n');
                fields(obj.fields(), indent + "  ", text);
            }
            case Value.Arr arr
            when !arr.values().isEmpty() && !isShort(arr.values()) -> {
                text.append('\n');
                items(arr.values(), indent + "  ", text);
            }
            default -> text.append(' ').append(scalar(value, indent + "  ")).append('\n');
        }
    }

    private static void items(List<Value> values, String indent, StringBuilder text) {
        for (Value value : values) {
            if (value instanceof Value.Obj obj && !obj.fields().isEmpty()) {
                StringBuilder item = new StringBuilder();
                fields(obj.fields(), indent + "  ", item);
                // The first field stands behind the dash.
                text.append(indent).append("- ").append(item, indent.length() + 2, item.length());
            } else {
                text.append(indent)
                        .append("- ")
                        .append(scalar(value, indent + "  "))
                        .append('\n');
            }
        }
    }

    /** True for a list of a few words, which stands in one line. */
    private static boolean isShort(List<Value> values) {
        return values.stream().allMatch(value -> value instanceof Value.Text)
                && values.stream()
                                .mapToInt(value -> value.text().orElse("").length() + 2)
                                .sum()
                        <= INLINE_CHARS_MAX;
    }

    private static String scalar(Value value, String indent) {
        return switch (value) {
            case Value.Text text -> text(text.raw(), indent);
            case Value.Num num -> num.raw().toPlainString();
            case Value.Bool bool -> Boolean.toString(bool.raw());
            case Value.Null nothing -> "null";
            case Value.Obj obj -> "{}";
            case Value.Arr arr ->
                arr.values().stream()
                        .map(item -> plain(item.text().orElse("")))
                        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
        };
    }

    private static String text(String raw, String indent) {
        boolean block = (raw.indexOf('\n') >= 0 || raw.length() > INLINE_CHARS_MAX)
                && !raw.isBlank()
                && raw.equals(raw.strip())
                && raw.chars().allMatch(c -> c == '\n' || c >= ' ' && c < 0x7f);
        return block
                ? "|-\n"
                        + raw.lines()
                                .map(line -> line.isEmpty() ? "" : indent + line)
                                .collect(java.util.stream.Collectors.joining("\n"))
                : plain(raw);
    }

    private static String plain(String raw) {
        if (PLAIN.matcher(raw).matches() && !WORD_OF_YAML.matcher(raw).matches()) {
            return raw;
        }
        StringBuilder quoted = new StringBuilder("\"");
        raw.chars().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7f && c < 0xa0) {
                        quoted.append(String.format(java.util.Locale.ROOT, "\\x%02x", c));
                    } else {
                        quoted.append((char) c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }
}
