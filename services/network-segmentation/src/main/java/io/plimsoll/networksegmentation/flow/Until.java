package io.plimsoll.networksegmentation.flow;

import java.time.Duration;

/** The moment at which a page is handed out as it is; by the clock of the process, which never goes back. */
public record Until(long nanoTime) {

    public static Until in(Duration time) {
        return new Until(System.nanoTime() + time.toNanos());
    }

    boolean isPassed() {
        return System.nanoTime() - nanoTime >= 0;
    }
}
