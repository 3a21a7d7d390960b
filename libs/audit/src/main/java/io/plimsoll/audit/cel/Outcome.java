package io.plimsoll.audit.cel;

/** What an expression gives for one object. */
public sealed interface Outcome {

    /** @param value as CEL's runtime has it: a Boolean, Long, Double, String, List, Map and so on */
    record Result(Object value) implements Outcome {}

    /** It fails, as it would in the API server; the policy's failurePolicy decides. */
    record Failed(String message) implements Outcome {}

    /** It cannot be told here: it asks for what only a cluster knows, or it would take too long, {@code budget: …}. */
    record Unknown(String why) implements Outcome {}
}
