package io.plimsoll.scanning.vex;

/** What a statement says of a weakness in a product. The formats share these four. */
public enum VexStatus {
    NOT_AFFECTED,
    AFFECTED,
    FIXED,
    UNDER_INVESTIGATION
}
