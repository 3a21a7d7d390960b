package io.plimsoll.scanning.advisory.feed;

import io.plimsoll.kernel.Severity;
import java.util.Optional;

/**
 * Base scores of CVSS 2.0, 3.0, 3.1 and 4.0 vectors (FIRST's specifications).
 *
 * @param tenths 0 to 100
 * @param vector as published
 */
record Cvss(int tenths, String vector) {

    private static final int VECTOR_MAX = 500;

    /** Empty when the text is no vector: severities come in many notations. */
    static Optional<Cvss> of(String vector) {
        if (vector.isEmpty() || vector.length() > VECTOR_MAX) {
            return Optional.empty();
        }
        try {
            us.springett.cvss.Cvss read = us.springett.cvss.Cvss.fromVector(vector);
            if (read == null) {
                return Optional.empty();
            }
            double score = read.calculateScore().getBaseScore();
            return Double.isNaN(score) ? Optional.empty() : Optional.of(new Cvss((int) Math.round(score * 10), vector));
        } catch (RuntimeException e) {
            // The library throws what it happens upon at a malformed vector; a missing score is not a malformed record.
            return Optional.empty();
        }
    }

    /** The rating of a score (CVSS 3.1, section 5, and 4.0, section 6); 0.0 has none. */
    static Optional<Severity> rating(int tenths) {
        if (tenths >= 90) {
            return Optional.of(Severity.CRITICAL);
        }
        if (tenths >= 70) {
            return Optional.of(Severity.HIGH);
        }
        if (tenths >= 40) {
            return Optional.of(Severity.MEDIUM);
        }
        return tenths > 0 ? Optional.of(Severity.LOW) : Optional.empty();
    }
}
