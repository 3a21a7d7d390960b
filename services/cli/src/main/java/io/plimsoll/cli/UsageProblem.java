package io.plimsoll.cli;

import java.io.Serial;

/** What was asked cannot be done as asked; the message says what, where and what to do. */
public final class UsageProblem extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public UsageProblem(String message) {
        super(message);
    }
}
