package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.value.Value;
import java.util.Map;
import java.util.function.Consumer;

/** A policy as a YAML document whose texts are always quoted. */
public final class PolicyText {

    private PolicyText() {}

    /** Its lines, each without its end; the first is {@code ---}. */
    public static void lines(Value manifest, Consumer<String> out) {
        out.accept("---");
        fields(manifest, "", out);
    }

    /** All lines, each with its end. */
    public static String of(Value manifest) {
        StringBuilder text = new StringBuilder();
        lines(manifest, line -> text.append(line).append('\n'));
        return text.toString();
    }

    private static void fields(Value mapping, String indent, Consumer<String> out) {
        mapping.fields().forEach((key, value) -> entry(indent + key + ":", indent + "  ", value, out));
    }

    private static void entry(String start, String indent, Value value, Consumer<String> out) {
        switch (value) {
            case Value.Obj obj -> {
                if (obj.fields().isEmpty()) {
                    out.accept(start + " {}");
                } else {
                    out.accept(start);
                    fields(obj, indent, out);
                }
            }
            case Value.Arr arr -> {
                if (arr.values().isEmpty()) {
                    out.accept(start + " []");
                } else {
                    out.accept(start);
                    arr.values().forEach(item -> item(indent, item, out));
                }
            }
            case Value.Text text -> out.accept(start + " " + quoted(text.raw()));
            case Value.Num num -> out.accept(start + " " + num.raw().toPlainString());
            case Value.Bool bool -> out.accept(start + " " + bool.raw());
            case Value.Null nothing -> out.accept(start + " null");
        }
    }

    private static void item(String indent, Value item, Consumer<String> out) {
        if (item instanceof Value.Obj obj && !obj.fields().isEmpty()) {
            boolean first = true;
            for (Map.Entry<String, Value> field : obj.fields().entrySet()) {
                entry(indent + (first ? "- " : "  ") + field.getKey() + ":", indent + "    ", field.getValue(), out);
                first = false;
            }
        } else {
            entry(indent + "-", indent + "  ", item, out);
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
