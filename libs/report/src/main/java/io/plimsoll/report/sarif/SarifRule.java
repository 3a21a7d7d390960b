package io.plimsoll.report.sarif;

import io.plimsoll.kernel.Severity;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code reportingDescriptor} (section 3.49): what one control asks.
 *
 * @param name for people who filter by it, without blanks
 * @param title one line
 * @param description a paragraph
 * @param help what to do, as an instruction
 * @param page where more is said of it; null for nowhere
 * @param severity null where nobody gives one
 * @param score CVSS base score in tenths, which says more than the severity; -1 for none
 * @param tags words that consumers group by; at most twenty are read by common ones
 */
public record SarifRule(
        String id,
        String name,
        String title,
        String description,
        String help,
        @Nullable URI page,
        @Nullable Severity severity,
        int score,
        List<String> tags) {

    public SarifRule {
        tags = List.copyOf(tags);
    }

    /** Of a control, whose severity is all there is to go by. */
    public SarifRule(
            String id,
            String name,
            String title,
            String description,
            String help,
            Severity severity,
            List<String> tags) {
        this(id, name, title, description, help, null, severity, -1, tags);
    }

    /** {@code namespace-owned} as {@code NamespaceOwned}: names of rules are Pascal case by custom (section 3.49.7). */
    public static String nameOf(String id) {
        StringBuilder name = new StringBuilder(id.length());
        for (String word : id.split("-")) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word, 1, word.length());
            }
        }
        return name.toString();
    }

    /** How consumers sort: {@code error}, {@code warning} or {@code note}. */
    String level() {
        Severity given = severity;
        if (given == null) {
            return "warning";
        }
        return switch (given) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    /** The score, else the middle of the band that consumers read as this severity; a number in a string, as they want it. Empty for neither. */
    String securitySeverity() {
        Severity given = severity;
        if (score >= 0) {
            return String.valueOf(score / 10.0);
        }
        if (given == null) {
            return "";
        }
        return switch (given) {
            case CRITICAL -> "9.5";
            case HIGH -> "8.0";
            case MEDIUM -> "5.5";
            case LOW -> "2.5";
        };
    }
}
