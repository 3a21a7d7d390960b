package io.plimsoll.maturity.model;

/**
 * One demand of a gate: of {@code population}, at least {@code threshold} must answer {@code control} with PASS.
 *
 * @param threshold ratio 0..1 that must hold
 * @param failBelow ratio 0..1 under which the demand has failed; between the two it is unknown. Equal to the threshold
 *     unless manifests cannot show all of it
 * @param allowedMisses subjects that may miss whatever the ratio says, where the population has at least
 *     {@code allowedMissesFrom}
 * @param emptyFails an empty population is a FAIL: there should have been one
 */
public record Clause(
        String control,
        String population,
        double threshold,
        double failBelow,
        int allowedMisses,
        int allowedMissesFrom,
        boolean emptyFails) {

    public Clause {
        if (threshold <= 0 || threshold > 1 || failBelow < 0 || failBelow > threshold || allowedMisses < 0) {
            throw new IllegalArgumentException(control + ": thresholds must satisfy 0 <= failBelow <= threshold <= 1");
        }
    }
}
