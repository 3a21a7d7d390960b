package io.plimsoll.kubernetes.manifest;

import java.io.Serial;

/** A document that cannot be read. Stays in this room: outside it is a {@link Problem}. */
final class MalformedDocument extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final int line;

    /** @param line one-based in the file, 0 when unknown */
    MalformedDocument(String message, int line) {
        super(message);
        this.problem = message;
        this.line = line;
    }

    String problem() {
        return problem;
    }

    int line() {
        return line;
    }
}
