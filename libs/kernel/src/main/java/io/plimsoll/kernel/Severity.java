package io.plimsoll.kernel;

import java.util.Locale;

/** How much a finding matters by itself; exposure weighs it further. Worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    public String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when {@code slug} is none of critical, high, medium, low */
    public static Severity of(String slug) {
        for (Severity severity : values()) {
            if (severity.slug().equals(slug)) {
                return severity;
            }
        }
        throw new IllegalArgumentException("not a severity: " + slug);
    }
}
