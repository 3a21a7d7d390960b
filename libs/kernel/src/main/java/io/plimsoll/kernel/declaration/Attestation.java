package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Source;

/**
 * A statement that serves as evidence, with lower confidence than a measurement.
 *
 * @param control it answers
 * @param ratio share of the scope's subjects for which it holds, above 0, at most 1; 1 when all
 */
public record Attestation(
        String id,
        String control,
        DeclaredScope scope,
        String statement,
        String author,
        Validity validity,
        double ratio,
        Source source) {

    public Attestation {
        if (ratio <= 0 || ratio > 1) {
            throw new IllegalArgumentException("ratio must be above 0 and at most 1, not " + ratio);
        }
    }

    /** True when it holds for every subject of its scope, so that each of them may be said to hold. */
    public boolean whole() {
        return ratio >= 1;
    }
}
