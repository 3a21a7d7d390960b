package io.plimsoll.scanning.version;

/** A version taken apart for comparing; only keys of one scheme are ever compared. */
interface VersionKey {

    /** Negative, 0 or positive. */
    int compareWith(VersionKey other);

    /** Whether the text is within the scheme's specification; false where its tools order more than they specify. */
    default boolean specified() {
        return true;
    }
}
