package io.plimsoll.audit.guardrail;

/** How far a declared rule is in force in one namespace, strongest first. */
public enum Status {
    /** Refuses, has something to refuse, and nothing of the input breaks it. */
    EFFECTIVE,
    /** Refuses, but an object of the input in this namespace breaks it: declared, not in force. */
    CONTRADICTED,
    /** Warns or reports only. */
    NOT_DENYING,
    /** Cannot be judged outside a cluster: no evaluator, needs the user or the API server, or over the bound. */
    NOT_EVALUATED,
    /** Nothing it is about stands in this namespace, or it asks for nothing. */
    VACUOUS,
    /** The namespace is out of its scope. */
    EXCLUDED,
    /** Without a partner or an engine: policy without binding, constraint without template, and so on. */
    NOT_BOUND;

    /** True when {@code this} gives no more protection than {@code other}. */
    public boolean atMost(Status other) {
        return compareTo(other) >= 0;
    }
}
