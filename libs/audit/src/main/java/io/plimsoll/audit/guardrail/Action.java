package io.plimsoll.audit.guardrail;

/** What becomes of an object that breaks a rule. Only {@link #DENY} keeps it out. */
public enum Action {
    DENY,
    WARN,
    AUDIT
}
