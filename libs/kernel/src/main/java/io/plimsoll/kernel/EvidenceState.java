package io.plimsoll.kernel;

/** The answer to one control for one subject. There is no sixth state: an error is UNKNOWN with a reason. */
public enum EvidenceState {
    PASS,
    FAIL,
    /** A governed exception or a dated attestation stands in; the subject stays in the denominator. */
    WAIVED,
    NOT_APPLICABLE,
    UNKNOWN
}
