package io.plimsoll.scanning.version;

/** Thrown by a scheme's reader and turned into {@link NotAVersion} by {@link VersionScheme#read}; it never leaves. */
final class MalformedVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedVersion(String why) {
        // No stack trace: feeds hold thousands of odd versions, and the place is always the same.
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
