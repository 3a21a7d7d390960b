package io.plimsoll.sensor.watch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between attempts that fail: each twice as long as the one before, up to a bound, with jitter so that many do not come at once. One thread. */
public final class Pause {

    private static final long FIRST_MILLIS = 500;

    private final long maxMillis;
    private long next = FIRST_MILLIS;

    public Pause(Duration max) {
        this.maxMillis = Math.max(FIRST_MILLIS, max.toMillis());
    }

    /** It went well: the next pause is the first again. */
    public void reset() {
        next = FIRST_MILLIS;
    }

    /** @param atLeast what was asked for; zero for nothing */
    public void take(Duration atLeast) throws InterruptedException {
        long millis = next / 2 + ThreadLocalRandom.current().nextLong(next / 2 + 1);
        next = Math.min(maxMillis, next * 2);
        Thread.sleep(Math.max(millis, atLeast.toMillis()));
    }
}
