package io.plimsoll.scanning.match;

import io.plimsoll.kernel.Severity;
import java.util.Optional;

/**
 * What a finding must be to count at a gate: {@code critical}, {@code high} and above, {@code medium}, {@code low}, {@code
 * exploited} (known to be), {@code unrated} (nobody gives a severity) or {@code any}; with {@code -fixable} only when a fix is
 * published for the package's own release.
 *
 * @param fixable only findings with a published fix count
 */
public record Threshold(Level level, boolean fixable) {
    private static final String FIXABLE = "-fixable";

    /** The words, without {@code -fixable}. */
    public enum Level {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW,
        EXPLOITED,
        UNRATED,
        ANY;

        /** The severity from which on findings count; empty for a level that does not ask for one. */
        Optional<Severity> floor() {
            return switch (this) {
                case CRITICAL -> Optional.of(Severity.CRITICAL);
                case HIGH -> Optional.of(Severity.HIGH);
                case MEDIUM -> Optional.of(Severity.MEDIUM);
                case LOW -> Optional.of(Severity.LOW);
                case EXPLOITED, UNRATED, ANY -> Optional.empty();
            };
        }
    }

    /** Whether a finding counts. */
    public enum Answer {
        COUNTS,
        DOES_NOT,
        /** Its severity, or whether it is exploited, is not known. */
        UNKNOWN
    }

    /**
     * Reads {@code critical}, {@code high-fixable} and so on.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Threshold of(String written) {
        boolean fixable = written.endsWith(FIXABLE);
        String word = fixable ? written.substring(0, written.length() - FIXABLE.length()) : written;
        for (Level level : Level.values()) {
            if (level.name().toLowerCase(java.util.Locale.ROOT).equals(word)) {
                return new Threshold(level, fixable);
            }
        }
        throw new IllegalArgumentException("\"" + written + "\" is none of critical, high, medium, low, exploited,"
                + " unrated, any, each also with -fixable");
    }

    public Answer of(Finding finding) {
        if (fixable && finding.fixedIn().isEmpty()) {
            return Answer.DOES_NOT;
        }
        return switch (level) {
            case CRITICAL, HIGH, MEDIUM, LOW -> severity(finding);
            case EXPLOITED ->
                switch (finding.exploitation()) {
                    case Exploitation.Known known -> Answer.COUNTS;
                    case Exploitation.NotListed notListed -> Answer.DOES_NOT;
                    case Exploitation.Unknown unknown -> Answer.UNKNOWN;
                };
            case UNRATED -> finding.severity().isEmpty() ? Answer.COUNTS : Answer.DOES_NOT;
            case ANY -> Answer.COUNTS;
        };
    }

    private Answer severity(Finding finding) {
        if (finding.severity().isEmpty()) {
            return Answer.UNKNOWN;
        }
        // Worst first.
        return finding.severity().get().compareTo(level.floor().orElseThrow()) <= 0 ? Answer.COUNTS : Answer.DOES_NOT;
    }

    @Override
    public String toString() {
        return level.name().toLowerCase(java.util.Locale.ROOT) + (fixable ? FIXABLE : "");
    }
}
