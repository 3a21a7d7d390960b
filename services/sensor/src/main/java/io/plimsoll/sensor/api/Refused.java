package io.plimsoll.sensor.api;

import java.io.IOException;
import java.time.Duration;

/** The API server answered otherwise than with what was asked for. */
public final class Refused extends IOException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final Duration retryAfter;

    /** @param code as of HTTP */
    public Refused(int code, Duration retryAfter, String message) {
        super(message);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** What the server says of it. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    public int code() {
        return code;
    }

    /** Zero when the server says nothing. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
