package io.plimsoll.embedded;

import java.io.Serial;

/** Something this machine would have to give is missing; the message says what, where and what to do. */
public final class EmbeddedProblem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public EmbeddedProblem(String message) {
        super(message);
    }

    public EmbeddedProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
