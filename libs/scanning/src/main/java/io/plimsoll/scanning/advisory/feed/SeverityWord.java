package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.kernel.Severity;
import java.util.Locale;
import java.util.Optional;

/** Publishers' words for severity: GitHub's, Ubuntu's priorities, Debian's urgencies, Red Hat's impacts. */
final class SeverityWord {

    private SeverityWord() {}

    /** Empty for a word that is none, and for those that mean harmless. */
    static Optional<Severity> of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "critical" -> Optional.of(Severity.CRITICAL);
            case "high", "important" -> Optional.of(Severity.HIGH);
            case "medium", "moderate" -> Optional.of(Severity.MEDIUM);
            case "low", "negligible", "unimportant" -> Optional.of(Severity.LOW);
            default -> Optional.empty();
        };
    }

    /** Whether the publisher holds it for harmless as shipped. */
    static boolean isHarmless(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "negligible", "unimportant" -> true;
            default -> false;
        };
    }
}
