package io.plimsoll.audit.cel;

/** What an expression gives for one object. */
public sealed interface Outcome {

    record Result(Object value) implements Outcome {}

    /** It fails, as it would in the API server; the policy's failurePolicy decides. */
    record Failed(String message) implements Outcome {}

    /** It cannot be told here. */
    record Unknown(String why) implements Outcome {}
}
