package io.plimsoll.audit.cel.library;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version 2.0.0. Equal when neither is before the other: what stands behind a plus sign does not count.
 *
 * <p>Numbers are unsigned 64-bit integers.
 */
final class Semver {

    /** Longest text taken for a version, in characters. */
    private static final int CHARS_MAX = 512;

    private static final String NUMBER = "(0|[1-9]\\d{0,19})";
    private static final Pattern FORM = Pattern.compile(
            NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-([0-9A-Za-z.-]+))?(?:\\+([0-9A-Za-z.-]+))?");
    private static final Pattern DIGITS = Pattern.compile("\\d+");

    private final long major;
    private final long minor;
    private final long patch;
    private final List<String> prerelease;

    private Semver(long major, long minor, long patch, List<String> prerelease) {
        this.major = major;
        this.minor = minor;
        this.patch = patch;
        this.prerelease = prerelease;
    }

    static boolean isSemver(String text) {
        return isSemver(text, false);
    }

    static boolean isSemver(String text, boolean normalize) {
        try {
            parse(text, normalize);
            return true;
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    static Semver parse(String text) {
        return parse(text, false);
    }

    /**
     * @param normalize also take a leading v, leading zeros and versions of one or two numbers
     * @throws IllegalArgumentException for what is no version
     */
    static Semver parse(String text, boolean normalize) {
        if (text.length() > CHARS_MAX) {
            throw new IllegalArgumentException("a version of more than " + CHARS_MAX + " characters");
        }
        String exact = normalize ? normalized(text) : text;
        Matcher form = FORM.matcher(exact);
        if (!form.matches()) {
            throw new IllegalArgumentException("no semantic version: " + text);
        }
        // What stands behind a plus sign must be well formed, and orders nothing.
        identifiers(form.group(5), false, text);
        return new Semver(
                number(form.group(1)),
                number(form.group(2)),
                number(form.group(3)),
                identifiers(form.group(4), true, text));
    }

    private static long number(String digits) {
        // Beyond 64 bits: NumberFormatException, which is an IllegalArgumentException.
        return Long.parseUnsignedLong(digits);
    }

    private static List<String> identifiers(
            @org.jspecify.annotations.Nullable String text, boolean prerelease, String version) {
        if (text == null) {
            return List.of();
        }
        List<String> parts = List.of(text.split("\\.", -1));
        for (String part : parts) {
            boolean zeros = prerelease
                    && part.length() > 1
                    && part.charAt(0) == '0'
                    && DIGITS.matcher(part).matches();
            if (part.isEmpty() || zeros) {
                throw new IllegalArgumentException("no semantic version: " + version);
            }
        }
        return parts;
    }

    private static String normalized(String text) {
        String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.", 3);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].length() > 1) {
                String rest = parts[i].replaceFirst("^0+", "");
                boolean digit = !rest.isEmpty() && rest.charAt(0) >= '0' && rest.charAt(0) <= '9';
                parts[i] = digit ? rest : "0" + rest;
            }
        }
        String last = parts[parts.length - 1];
        if (parts.length < 3 && (last.indexOf('+') >= 0 || last.indexOf('-') >= 0)) {
            throw new IllegalArgumentException("short version cannot contain PreRelease/Build meta data");
        }
        return String.join(".", parts) + ".0".repeat(3 - parts.length);
    }

    long major() {
        return major;
    }

    long minor() {
        return minor;
    }

    long patch() {
        return patch;
    }

    long compareTo(Semver other) {
        int numbers = Long.compareUnsigned(major, other.major);
        numbers = numbers != 0 ? numbers : Long.compareUnsigned(minor, other.minor);
        numbers = numbers != 0 ? numbers : Long.compareUnsigned(patch, other.patch);
        return Long.signum(numbers != 0 ? numbers : comparePrerelease(prerelease, other.prerelease));
    }

    private static int comparePrerelease(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            // A release comes after its pre-releases.
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int compared = compareIdentifier(a.get(i), b.get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    private static int compareIdentifier(String a, String b) {
        boolean aNumber = DIGITS.matcher(a).matches();
        boolean bNumber = DIGITS.matcher(b).matches();
        if (aNumber && bNumber) {
            return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
        }
        return aNumber != bNumber ? Boolean.compare(bNumber, aNumber) : a.compareTo(b);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Semver version && compareTo(version) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(major) * 31 * 31 + Long.hashCode(minor) * 31 + Long.hashCode(patch);
    }

    @Override
    public String toString() {
        String release =
                Long.toUnsignedString(major) + "." + Long.toUnsignedString(minor) + "." + Long.toUnsignedString(patch);
        return prerelease.isEmpty() ? release : release + "-" + String.join(".", prerelease);
    }
}
