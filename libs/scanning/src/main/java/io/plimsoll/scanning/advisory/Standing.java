package io.plimsoll.scanning.advisory;

/** What the publisher, usually the distributor, says of a package beside its versions. */
public enum Standing {
    /** Affected as the versions say. */
    AFFECTED,
    /** The publisher says it is not affected, whatever others say. */
    NOT_AFFECTED,
    /** Affected, and the publisher holds it for harmless as shipped: Debian's unimportant, Ubuntu's negligible. */
    UNIMPORTANT,
    /** Affected, and the publisher will not mend it. */
    WILL_NOT_FIX,
    /** Affected, and the release or package is no longer supported. */
    END_OF_LIFE,
    /** The publisher is still looking. */
    UNDER_INVESTIGATION,
    /** No weakness at all: unmaintained, unsound or noteworthy, as RustSec files it. */
    INFORMATIONAL
}
