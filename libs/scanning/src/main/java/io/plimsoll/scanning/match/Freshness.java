package io.plimsoll.scanning.match;

import io.plimsoll.scanning.advisory.FeedState;
import java.time.Duration;
import java.time.Instant;

/**
 * When the question is asked, and how old a feed may be to answer it.
 *
 * @param ageMax of a feed that decides what is found
 * @param enrichmentAgeMax of a feed that only enriches: known exploitation changes weekly, likelihood daily
 */
public record Freshness(Instant asOf, Duration ageMax, Duration enrichmentAgeMax) {

    /** Databases are published daily; a week forgives a broken night and a holiday. */
    public static final Duration AGE_MAX = Duration.ofDays(7);

    public static final Duration ENRICHMENT_AGE_MAX = Duration.ofDays(30);

    public Freshness {
        if (ageMax.isNegative() || enrichmentAgeMax.isNegative()) {
            throw new IllegalArgumentException("an age is not negative");
        }
    }

    /** How far a feed can be relied on. */
    public enum State {
        CURRENT,
        /** Finds, but never clears. */
        STALE,
        /** Cut off, or past a bound. */
        INCOMPLETE,
        EMPTY;

        public String slug() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public State of(FeedState feed) {
        Duration most =
                switch (feed.kind()) {
                    case OSV, CSAF, KUBERNETES -> ageMax;
                    case KNOWN_EXPLOITED, EXPLOIT_LIKELIHOOD -> enrichmentAgeMax;
                };
        if (feed.isEmpty()) {
            return State.EMPTY;
        }
        if (!feed.complete()) {
            return State.INCOMPLETE;
        }
        return feed.age(asOf).compareTo(most) > 0 ? State.STALE : State.CURRENT;
    }

    public static Freshness at(Instant asOf) {
        return new Freshness(asOf, AGE_MAX, ENRICHMENT_AGE_MAX);
    }
}
