package io.plimsoll.registry;

/** Whether somebody may push. */
public enum Pushing {
    OPEN,
    REFUSED,
    /** Nobody may: the registry takes nothing. */
    READ_ONLY
}
