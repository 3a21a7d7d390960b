package io.plimsoll.audit.cel.library;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A quantity as {@code k8s.io/apimachinery/pkg/api/resource} reads it. Equal when the numbers are: {@code 1024} is {@code 1Ki}.
 *
 * <p>It differs from its model in one thing: the model takes {@code Mi}, {@code -} and {@code .} for zero, against its own
 * documentation; here a quantity has a digit.
 */
final class Amount {

    /** Longest text taken for a quantity, in characters. */
    private static final int CHARS_MAX = 512;

    /** Most decimal digits of a number that the model keeps as a 64-bit integer with a scale. */
    private static final int DIGITS_FAST = 18;

    private static final int NANO = 9;
    private static final BigDecimal BINARY_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final Pattern FORM =
            Pattern.compile("([+-]?)0*(\\d*)(?:\\.(\\d*))?([KMGTPE]i|[numkMGTPE]?|[eE][+-]?\\d{1,3})");
    private static final Map<String, Integer> DECIMAL =
            Map.of("", 0, "n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
    private static final String BINARY = "KMGTPE";

    private final BigDecimal number;
    private final boolean whole;

    private Amount(BigDecimal number, boolean whole) {
        this.number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        this.whole = whole;
    }

    static boolean isQuantity(String text) {
        try {
            parse(text);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    /** @throws IllegalArgumentException for what is no quantity */
    static Amount parse(String text) {
        if (text.length() > CHARS_MAX) {
            throw new IllegalArgumentException("a quantity of more than " + CHARS_MAX + " characters");
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || text.chars().noneMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("quantities must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$': " + text);
        }
        String digits = form.group(2).isEmpty() ? "0" : form.group(2);
        String fraction = form.group(3) == null ? "" : form.group(3);
        String suffix = form.group(4);
        BigDecimal written = new BigDecimal(new BigInteger(digits + fraction), fraction.length());
        boolean binary = suffix.endsWith("i");
        BigDecimal value = binary
                ? written.multiply(BigDecimal.valueOf(1L << (10 * (BINARY.indexOf(suffix.charAt(0)) + 1))))
                : written.scaleByPowerOfTen(exponent(suffix));
        boolean fast = binary ? fastBinary(digits, fraction, suffix) : fastDecimal(digits, fraction, suffix);
        if (!fast) {
            // What is not kept as an integer is rounded up to nano, and in binary form capped.
            value = value.scale() > NANO ? value.setScale(NANO, RoundingMode.UP) : value;
            value = binary ? value.min(BINARY_MAX) : value;
        }
        boolean whole = fast && (binary || exponent(suffix) - fraction.length() >= 0);
        return new Amount(form.group(1).equals("-") ? value.negate() : value, whole && fits(value));
    }

    private static int exponent(String suffix) {
        Integer known = DECIMAL.get(suffix);
        return known != null ? known : Integer.parseInt(suffix.substring(suffix.charAt(1) == '+' ? 2 : 1));
    }

    private static boolean fastDecimal(String digits, String fraction, String suffix) {
        return digits.length() + fraction.length() <= DIGITS_FAST && exponent(suffix) - fraction.length() >= -NANO;
    }

    private static boolean fastBinary(String digits, String fraction, String suffix) {
        int bits = 10 * (BINARY.indexOf(suffix.charAt(0)) + 1);
        return fraction.isEmpty() && 15 - digits.length() - bits * 3 / 10 - 1 >= 0;
    }

    private static boolean fits(BigDecimal value) {
        return value.abs().compareTo(BINARY_MAX) <= 0;
    }

    /** The model tells by its form, not its value: {@code 1000m} is no integer. */
    boolean whole() {
        return whole;
    }

    /** @throws IllegalArgumentException where {@link #whole} is false */
    long integer() {
        if (!whole) {
            throw new IllegalArgumentException("cannot convert value to integer");
        }
        return number.longValueExact();
    }

    double approximate() {
        return number.doubleValue();
    }

    long sign() {
        return number.signum();
    }

    long compareTo(Amount other) {
        return number.compareTo(other.number);
    }

    Amount add(Amount other) {
        return sum(number.add(other.number), other);
    }

    Amount subtract(Amount other) {
        return sum(number.subtract(other.number), other);
    }

    static Amount of(long integer) {
        return new Amount(BigDecimal.valueOf(integer), true);
    }

    private Amount sum(BigDecimal result, Amount other) {
        if (other.number.signum() == 0) {
            return new Amount(result, whole);
        }
        return new Amount(result, (whole || number.signum() == 0) && other.whole && fits(result));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Amount amount && number.compareTo(amount.number) == 0;
    }

    @Override
    public int hashCode() {
        return number.hashCode();
    }

    @Override
    public String toString() {
        return number.toPlainString();
    }
}
