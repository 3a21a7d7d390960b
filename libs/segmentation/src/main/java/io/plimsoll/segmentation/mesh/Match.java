package io.plimsoll.segmentation.mesh;

/** Whether a condition holds. */
public enum Match {
    NO,
    /** It depends on what the input does not say. */
    MAYBE,
    YES;

    static Match of(boolean holds) {
        return holds ? YES : NO;
    }

    Match and(Match other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
