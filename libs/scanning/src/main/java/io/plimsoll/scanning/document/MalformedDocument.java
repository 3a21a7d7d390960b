package io.plimsoll.scanning.document;

import java.io.IOException;

/** A document that cannot be read, with the place where reading ended or the bound it passed. */
public final class MalformedDocument extends IOException {
    private static final long serialVersionUID = 1L;

    public MalformedDocument(String message) {
        super(message);
    }
}
