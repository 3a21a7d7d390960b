package io.plimsoll.audit.control.plane;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Durations as flags of Kubernetes have them: numbers with units, one behind the other, such as {@code 1m30s}; or {@code 0}. */
final class GoDuration {

    private static final int CHARS_MAX = 40;

    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    private GoDuration() {}

    /** Empty for what is no duration, and for one of more than a year or below zero. */
    static Optional<Duration> of(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (text.isEmpty() || text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        double nanos = 0;
        int at = 0;
        while (at < text.length()) {
            int unitAt = skip(text, at, true);
            int end = skip(text, unitAt, false);
            String number = text.substring(at, unitAt);
            Long unit = NANOS.get(text.substring(unitAt, end));
            if (unit == null || !number.matches("[0-9]+(\\.[0-9]*)?|\\.[0-9]+")) {
                return Optional.empty();
            }
            nanos += Double.parseDouble(number) * unit;
            at = end;
        }
        return nanos <= Duration.ofDays(366).toNanos() ? Optional.of(Duration.ofNanos((long) nanos)) : Optional.empty();
    }

    private static int skip(String text, int from, boolean number) {
        int at = from;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.') == number) {
            at++;
        }
        return at;
    }
}
