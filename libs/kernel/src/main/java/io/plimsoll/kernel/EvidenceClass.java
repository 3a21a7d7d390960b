package io.plimsoll.kernel;

/** What a control looks for, which says what absence means (stage-gates 2). */
public enum EvidenceClass {
    /** A field of an object that is there; absent means its API default. */
    INTRINSIC,
    /** A good object that must exist; absent means FAIL, reason absent-from-input. */
    COMPANION,
    /** That no bad object exists; PASS only when one of the searched kind was seen. */
    VIOLATION,
    /** Lives outside manifests; UNKNOWN until connected or attested, never FAIL. */
    EXTERNAL
}
