package io.plimsoll.sensor.api;

import java.io.InputStream;
import java.time.Duration;

/**
 * What the API server answered.
 *
 * @param retryAfter how long it wants to be left alone; zero when it says nothing
 * @param body to be closed by whoever reads it
 */
public record Answer(int code, Duration retryAfter, InputStream body) {

    public boolean isGood() {
        return code >= 200 && code < 300;
    }
}
