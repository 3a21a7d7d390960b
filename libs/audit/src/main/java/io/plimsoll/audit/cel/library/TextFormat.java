package io.plimsoll.audit.cel.library;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One call of {@code format} as CEL's string library, version 2, does it: fixed and scientific numbers as in American English. */
final class TextFormat {

    private static final int PRECISION = 6;
    /** Most digits behind the point; the model has no bound. */
    private static final int PRECISION_MAX = 1_000;

    private static final String SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final int DEPTH_MAX = 50;

    private final String form;
    private final List<?> arguments;
    private final StringBuilder result = new StringBuilder();
    private int next;

    TextFormat(String form, List<?> arguments) {
        this.form = form;
        this.arguments = arguments;
    }

    /** @throws IllegalArgumentException for a form that is none, or an argument that does not suit it */
    String text() {
        int at = 0;
        while (at < form.length()) {
            char c = form.charAt(at);
            if (c != '%') {
                result.append(c);
                at++;
            } else if (at + 1 < form.length() && form.charAt(at + 1) == '%') {
                result.append('%');
                at += 2;
            } else {
                at = clause(at + 1);
            }
        }
        return result.toString();
    }

    private int clause(int start) {
        if (next >= arguments.size()) {
            throw new IllegalArgumentException("index " + next + " out of range");
        }
        int at = start;
        int precision = PRECISION;
        if (at < form.length() && form.charAt(at) == '.') {
            int from = ++at;
            while (at < form.length() && form.charAt(at) >= '0' && form.charAt(at) <= '9') {
                at++;
            }
            if (at == from || at - from > 4 || Integer.parseInt(form.substring(from, at)) > PRECISION_MAX) {
                throw new IllegalArgumentException("error while parsing precision");
            }
            precision = Integer.parseInt(form.substring(from, at));
        }
        if (at >= form.length()) {
            throw new IllegalArgumentException("unexpected end of string");
        }
        Object argument = arguments.get(next++);
        String text = clause(form.charAt(at), precision, argument);
        Effort.spend(text.length());
        result.append(text);
        return at + 1;
    }

    private static String clause(char letter, int precision, Object argument) {
        return switch (letter) {
            case 's' -> shown(argument, 0);
            case 'd' -> integer(argument, "decimal").toString();
            case 'f' -> fixed(number(argument, "fixed-point"), precision);
            case 'e' -> scientific(number(argument, "scientific"), precision);
            case 'b' ->
                argument instanceof Boolean bool
                        ? bool ? "1" : "0"
                        : integer(argument, "binary").toString(2);
            case 'x' -> hex(argument);
            case 'X' -> hex(argument).toUpperCase(Locale.ROOT);
            case 'o' -> integer(argument, "octal").toString(8);
            default -> throw new IllegalArgumentException("unrecognized formatting clause \"" + letter + "\"");
        };
    }

    private static java.math.BigInteger integer(Object argument, String clause) {
        return switch (argument) {
            case Long whole -> java.math.BigInteger.valueOf(whole);
            case UnsignedLong whole -> whole.bigIntegerValue();
            default -> throw unsuitable(clause, argument);
        };
    }

    private static double number(Object argument, String clause) {
        if (argument instanceof Double real) {
            return real;
        }
        if (argument instanceof String text
                && List.of("NaN", "Infinity", "-Infinity").contains(text)) {
            return Double.parseDouble(text);
        }
        throw unsuitable(clause, argument);
    }

    private static String hex(Object argument) {
        return switch (argument) {
            case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
            case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            default -> integer(argument, "hexadecimal").toString(16);
        };
    }

    private static String fixed(double number, int precision) {
        return Double.isFinite(number)
                ? String.format(
                        Locale.US,
                        "%,." + precision + "f",
                        new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN))
                : infinite(number);
    }

    private static String scientific(double number, int precision) {
        if (!Double.isFinite(number)) {
            return infinite(number);
        }
        BigDecimal exact = new BigDecimal(number).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
        int exponent = exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
        String mantissa = exact.scaleByPowerOfTen(-exponent)
                .setScale(precision, RoundingMode.HALF_EVEN)
                .toPlainString();
        StringBuilder power = new StringBuilder(exponent < 0 ? "⁻" : "");
        String digits = String.format(Locale.ROOT, "%02d", Math.abs(exponent));
        digits.chars().forEach(digit -> power.append(SUPERSCRIPT.charAt(digit - '0')));
        return mantissa + "\u202f×\u202f10" + power;
    }

    private static String infinite(double number) {
        return Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
    }

    private static String shown(Object value, int depth) {
        return switch (value) {
            case String text -> text;
            case Boolean bool -> bool.toString();
            case Long whole -> whole.toString();
            case UnsignedLong whole -> whole.toString();
            case Double real -> general(real);
            case NullValue nothing -> "null";
            case CelByteString bytes -> bytes.toStringUtf8();
            case Duration duration -> seconds(duration);
            case Instant instant -> instant.toString();
            case CelType type -> type.name();
            case List<?> list -> list(list, depth);
            case Map<?, ?> map -> map(map, depth);
            default -> throw unsuitable("string", value);
        };
    }

    /** As an element of a list or map: a literal of CEL. */
    private static String literal(Object value, int depth) {
        return switch (value) {
            case String text -> quoted(text);
            case CelByteString bytes -> "b" + quoted(bytes.toStringUtf8());
            case Double real -> {
                String text = Double.isFinite(real) ? String.format(Locale.ROOT, "%.6f", real) : infiniteWord(real);
                yield Double.isFinite(real) ? text : quoted(text);
            }
            case Duration duration -> "duration(" + quoted(seconds(duration)) + ")";
            case Instant instant -> "timestamp(" + quoted(instant.toString()) + ")";
            default -> shown(value, depth);
        };
    }

    private static String infiniteWord(double real) {
        return Double.isNaN(real) ? "NaN" : real > 0 ? "+Inf" : "-Inf";
    }

    private static String list(List<?> list, int depth) {
        checkDepth(depth);
        StringBuilder text = new StringBuilder("[");
        for (Object item : list) {
            String shown = literal(item, depth + 1);
            Effort.spend(shown.length() + 2L);
            text.append(text.length() == 1 ? "" : ", ").append(shown);
        }
        return text.append(']').toString();
    }

    private static String map(Map<?, ?> map, int depth) {
        checkDepth(depth);
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, value) -> {
            boolean plain = key instanceof String || key instanceof Boolean || key instanceof Long;
            if (!plain && !(key instanceof UnsignedLong)) {
                throw unsuitable("map key", key);
            }
            String shown = literal(value, depth + 1);
            Effort.spend(shown.length() + 4L);
            sorted.put(literal(key, depth + 1), shown);
        });
        StringBuilder text = new StringBuilder("{");
        sorted.forEach((key, value) -> text.append(text.length() == 1 ? "" : ", ")
                .append(key)
                .append(':')
                .append(value));
        return text.append('}').toString();
    }

    private static void checkDepth(int depth) {
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException("a value nested more than " + DEPTH_MAX + " deep");
        }
    }

    private static String seconds(Duration duration) {
        BigDecimal seconds = BigDecimal.valueOf(duration.getSeconds())
                .add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros();
        return seconds.toPlainString() + "s";
    }

    /** Go's {@code %g}. */
    private static String general(double real) {
        if (!Double.isFinite(real)) {
            return infiniteWord(real);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(real)).stripTrailingZeros();
        int exponent = shortest.signum() == 0 ? 0 : shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < 21) {
            return shortest.toPlainString();
        }
        String sign = exponent < 0 ? "-" : "+";
        return shortest.scaleByPowerOfTen(-exponent).toPlainString() + "e" + sign
                + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        quoted.append(String.format(Locale.ROOT, "\\x%02x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    private static IllegalArgumentException unsuitable(String clause, Object argument) {
        return new IllegalArgumentException("error during formatting: " + clause + " clause cannot be used with a "
                + argument.getClass().getSimpleName());
    }
}
