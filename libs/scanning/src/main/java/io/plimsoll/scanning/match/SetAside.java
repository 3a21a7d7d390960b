package io.plimsoll.scanning.match;

/**
 * A weakness that versions alone would report, and why it is not counted.
 *
 * @param by who says so: the advisory or the VEX statement
 * @param detail their words; may be empty
 */
public record SetAside(Finding finding, Why why, String by, String detail) {

    /** The grounds. */
    public enum Why {
        /** The distributor says its package is not affected. */
        DISTRIBUTOR_NOT_AFFECTED,
        /** The distributor mended it in the release stream this package is from. */
        FIXED_IN_STREAM,
        /** No weakness: unmaintained or noteworthy. */
        INFORMATIONAL,
        /** A VEX statement says not affected. */
        VEX_NOT_AFFECTED,
        /** A VEX statement says fixed. */
        VEX_FIXED
    }
}
