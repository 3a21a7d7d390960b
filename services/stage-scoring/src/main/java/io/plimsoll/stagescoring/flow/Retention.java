package io.plimsoll.stagescoring.flow;

import java.time.Duration;

/**
 * How long findings are remembered after they were resolved. What is open is always remembered.
 *
 * @param resolved at least a day
 * @param resolvedMax most of them, over the whole estate; beyond it those resolved first go
 */
public record Retention(Duration resolved, int resolvedMax) {

    /** How often it is looked whether something can be forgotten. */
    static final Duration PAUSE = Duration.ofHours(1);

    public Retention {
        if (resolved.compareTo(Duration.ofDays(1)) < 0) {
            throw new IllegalArgumentException("resolved findings are kept for a day or more, not " + resolved);
        }
        if (resolvedMax < 0) {
            throw new IllegalArgumentException("not a number of findings: " + resolvedMax);
        }
    }
}
