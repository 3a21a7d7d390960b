package io.plimsoll.scanning.pack;

/** How surely the package is the one it is said to be. */
public enum Confidence {
    /** Written by the tool that installed or built it. */
    HIGH,
    /** Declared, but possibly not what is really there: lock files, manifests. */
    MEDIUM,
    /** Read off a name. */
    LOW
}
