package io.plimsoll.audit.podsecurity;

/** How much a pod may ask for; the level {@code privileged} forbids nothing and so is not one. Wider first. */
public enum Level {
    BASELINE,
    /** All of baseline and more. */
    RESTRICTED;

    /** True when whoever meets this level has met {@code other}. */
    public boolean includes(Level other) {
        return compareTo(other) >= 0;
    }
}
