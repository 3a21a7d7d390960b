package io.plimsoll.audit.guardrail;

/** What a guardrail is about; breadth is counted in these. */
public enum Family {
    POD,
    IMAGE,
    RESOURCE,
    NETWORK,
    EXPOSURE,
    IDENTITY,
    METADATA,
    AVAILABILITY
}
