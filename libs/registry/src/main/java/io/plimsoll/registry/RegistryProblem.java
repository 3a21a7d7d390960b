package io.plimsoll.registry;

import java.io.IOException;

/** Why a registry did not give what was asked for: one reason and one sentence, never what the other side wrote. */
public final class RegistryProblem extends IOException {
    private static final long serialVersionUID = 1L;

    /** One word for the many sentences, so that they can be counted. */
    public enum Reason {
        ADDRESS_REFUSED,
        UNREACHABLE,
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        RATE_LIMITED,
        CREDENTIALS_REFUSED,
        REDIRECT_REFUSED,
        UNEXPECTED_ANSWER
    }

    private final Reason reason;

    RegistryProblem(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
