package io.plimsoll.kubernetes.manifest;

import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a plain scalar means, as Kubernetes' own YAML reader sees it (YAML 1.1 booleans and octals; a bare {@code =} and
 * dates are text).
 */
final class ScalarResolver {

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUES =
            Set.of("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON", "y", "Y");
    private static final Set<String> FALSES =
            Set.of("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF", "n", "N");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
    private static final Pattern OCTAL = Pattern.compile("[-+]?0o?[0-7_]+");
    private static final Pattern HEX = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
    private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
    private static final Pattern FLOAT =
            Pattern.compile("[-+]?([0-9][0-9_]*\\.?[0-9_]*|\\.[0-9][0-9_]*)([eE][-+]?[0-9]{1,6})?");
    /** Beyond this many places a number is no quantity of anything, and printing it would fill memory. */
    private static final int EXPONENT_MAX = 400;

    private final int charsMax;

    ScalarResolver(int charsMax) {
        this.charsMax = charsMax;
    }

    Value resolve(String text, int line) throws MalformedDocument {
        if (NULLS.contains(text)) {
            return new Value.Null(line);
        }
        char first = text.charAt(0);
        boolean numeric = first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
        if (!numeric) {
            if (TRUES.contains(text)) {
                return new Value.Bool(true, line);
            }
            return FALSES.contains(text) ? new Value.Bool(false, line) : new Value.Text(text, line);
        }
        if (text.length() > charsMax) {
            if (FLOAT.matcher(text).matches()) {
                throw new MalformedDocument(
                        "a number of " + text.length() + " characters, the limit is " + charsMax, line);
            }
            return new Value.Text(text, line);
        }
        return number(text, line);
    }

    private Value number(String text, int line) throws MalformedDocument {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        String unsigned = digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
        if (DECIMAL.matcher(text).matches()) {
            return new Value.Num(new BigDecimal(digits), line);
        }
        if (HEX.matcher(text).matches()) {
            return whole(unsigned.substring(2), 16, negative, line);
        }
        if (BINARY.matcher(text).matches()) {
            return whole(unsigned.substring(2), 2, negative, line);
        }
        if (OCTAL.matcher(text).matches() && unsigned.length() > 1) {
            return whole(unsigned.substring(unsigned.startsWith("0o") ? 2 : 1), 8, negative, line);
        }
        if (FLOAT.matcher(text).matches()) {
            BigDecimal value = new BigDecimal(digits);
            if (Math.abs((long) value.scale()) > EXPONENT_MAX) {
                throw new MalformedDocument("a number with an exponent beyond " + EXPONENT_MAX, line);
            }
            return new Value.Num(value, line);
        }
        return new Value.Text(text, line);
    }

    private static Value whole(String digits, int radix, boolean negative, int line) {
        if (digits.isEmpty()) {
            return new Value.Text(digits, line);
        }
        BigInteger value = new BigInteger(digits, radix);
        return new Value.Num(new BigDecimal(negative ? value.negate() : value), line);
    }
}
