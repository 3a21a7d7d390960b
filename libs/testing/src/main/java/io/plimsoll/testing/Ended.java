package io.plimsoll.testing;

import java.util.concurrent.TimeUnit;

/** Programs that a test started, when it is done with them. */
public final class Ended {

    private Ended() {}

    /** Asks it to end, and ends it where it does not within ten seconds. */
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
