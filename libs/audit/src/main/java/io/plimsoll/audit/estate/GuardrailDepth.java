package io.plimsoll.audit.estate;

/**
 * How many rules in force are asked for.
 *
 * @param intents distinct intents, a bundle counted as its own
 * @param families that they must spread over
 */
public record GuardrailDepth(int intents, int families) {

    public GuardrailDepth {
        if (intents < 1 || families < 1) {
            throw new IllegalArgumentException("a depth of guardrails is positive");
        }
    }
}
