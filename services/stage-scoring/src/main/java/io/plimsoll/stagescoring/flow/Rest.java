package io.plimsoll.stagescoring.flow;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Leaves others the machine where work is long and asked for all the time: after it, so many times as long passes before it is done again, within a
 * bound. Where it is short nobody sees a difference. One thread.
 */
final class Rest {

    static final Duration MAX = Duration.ofSeconds(5);

    private final LongSupplier nanos;
    private final int times;
    private long until;
    private boolean begun;

    /** @param nanos the time, as {@link System#nanoTime()} */
    Rest(LongSupplier nanos, int times) {
        this.nanos = nanos;
        this.times = times;
    }

    boolean isOver() {
        return !begun || nanos.getAsLong() - until >= 0;
    }

    /** Does the work; the rest begins behind it, whatever became of it. */
    void after(Runnable work) {
        long began = nanos.getAsLong();
        try {
            work.run();
        } finally {
            long now = nanos.getAsLong();
            until = now + Math.min((now - began) * times, MAX.toNanos());
            begun = true;
        }
    }
}
