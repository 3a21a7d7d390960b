package io.plimsoll.audit.tool;

/** Whether a tool does anything, best first. */
public enum Effect {
    /** It has rules that bind something, or wrote results that are fresh. */
    EFFECTIVE,
    /** It depends on the time, and none was given; or on what cannot be judged outside a cluster. */
    UNKNOWN,
    /** It is there, and nothing shows that it does anything. */
    PRESENT_ONLY
}
