package io.plimsoll.scanning.match;

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

    public static Freshness at(Instant asOf) {
        return new Freshness(asOf, AGE_MAX, ENRICHMENT_AGE_MAX);
    }
}
