package io.plimsoll.kubernetes.value;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** One spelling for equal values: keys sorted, numbers normal, no positions. Equal text means equal object. */
public final class Canonical {

    private Canonical() {}

    /** The value with keys in their order and numbers in their normal form, positions kept: what its canonical text reads back as. */
    public static Value of(Value value) {
        return switch (value) {
            case Value.Obj obj -> {
                Map<String, Value> sorted = new LinkedHashMap<>();
                new TreeMap<>(obj.fields()).forEach((key, field) -> sorted.put(key, of(field)));
                yield new Value.Obj(sorted, obj.line());
            }
            case Value.Arr arr ->
                new Value.Arr(arr.values().stream().map(Canonical::of).toList(), arr.line());
            case Value.Num num -> number(num, num.line());
            case Value.Text text -> text;
            case Value.Bool bool -> bool;
            case Value.Null nothing -> nothing;
        };
    }

    /** The value as JSON with sorted keys. */
    public static String text(Value value) {
        StringBuilder out = new StringBuilder(1 << 11);
        write(value, out);
        return out.toString();
    }

    /** SHA-256 of the canonical text, as lower-case hex. */
    public static String digest(Value value) {
        return sha256(text(value));
    }

    public static String sha256(String text) {
        return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** SHA-256 of the bytes. */
    public static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void write(Value value, StringBuilder out) {
        switch (value) {
            case Value.Null nothing -> out.append("null");
            case Value.Bool bool -> out.append(bool.raw());
            case Value.Num num -> out.append(number(num.raw()));
            case Value.Text text -> quote(text.raw(), out);
            case Value.Arr arr -> {
                out.append('[');
                String separator = "";
                for (Value item : arr.values()) {
                    out.append(separator);
                    write(item, out);
                    separator = ",";
                }
                out.append(']');
            }
            case Value.Obj obj -> {
                out.append('{');
                String separator = "";
                for (Map.Entry<String, Value> field : sorted(obj).entrySet()) {
                    out.append(separator);
                    quote(field.getKey(), out);
                    out.append(':');
                    write(field.getValue(), out);
                    separator = ",";
                }
                out.append('}');
            }
        }
    }

    /** The fields in the order of their keys: as they are where they stand in it, as those of canonical values do. */
    public static Map<String, Value> sorted(Value.Obj obj) {
        String before = null;
        for (String key : obj.fields().keySet()) {
            if (before != null && before.compareTo(key) > 0) {
                return new TreeMap<>(obj.fields());
            }
            before = key;
        }
        return obj.fields();
    }

    /** A number in its normal form. */
    static Value.Num number(Value.Num num, int line) {
        BigDecimal normal = num.raw().stripTrailingZeros();
        return new Value.Num(normal.scale() < 0 ? normal.setScale(0) : normal, line);
    }

    /** How long {@link #text} is, in characters, without making it. */
    public static int chars(Value value) {
        return switch (value) {
            case Value.Null nothing -> 4;
            case Value.Bool bool -> bool.raw() ? 4 : 5;
            case Value.Num num -> number(num.raw()).length();
            case Value.Text text -> quoted(text.raw());
            case Value.Arr arr -> {
                int chars = 2 + Math.max(0, arr.values().size() - 1);
                for (Value item : arr.values()) {
                    chars += chars(item);
                }
                yield chars;
            }
            case Value.Obj obj -> {
                int chars = 2 + Math.max(0, obj.fields().size() - 1);
                for (Map.Entry<String, Value> field : obj.fields().entrySet()) {
                    chars += quoted(field.getKey()) + 1 + chars(field.getValue());
                }
                yield chars;
            }
        };
    }

    private static int quoted(String text) {
        int chars = text.length() + 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            chars += c == '"' || c == '\\' ? 1 : c < 0x20 ? 5 : 0;
        }
        return chars;
    }

    private static String number(BigDecimal number) {
        BigDecimal normal = number.stripTrailingZeros();
        return normal.scale() < 0 ? normal.setScale(0).toPlainString() : normal.toPlainString();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        int plainFrom = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < 0x20) {
                out.append(text, plainFrom, i);
                plainFrom = i + 1;
                if (c < 0x20) {
                    out.append(String.format("\\u%04x", (int) c));
                } else {
                    out.append('\\').append(c);
                }
            }
        }
        out.append(text, plainFrom, text.length()).append('"');
    }
}
