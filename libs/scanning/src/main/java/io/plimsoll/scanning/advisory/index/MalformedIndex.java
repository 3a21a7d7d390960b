package io.plimsoll.scanning.advisory.index;

import java.io.IOException;

/** An index that cannot be read: another file, another version, cut off or damaged. Import the feeds again. */
public final class MalformedIndex extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedIndex(String message) {
        super(message);
    }
}
