package io.plimsoll.gateway.door;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Looks again and again, with an end. */
final class Poll {

    private static final Duration END = Duration.ofSeconds(20);

    private Poll() {}

    static void until(BooleanSupplier seen) {
        long begun = System.nanoTime();
        while (!seen.getAsBoolean()) {
            if (System.nanoTime() - begun > END.toNanos()) {
                throw new AssertionError("not seen within " + END);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
