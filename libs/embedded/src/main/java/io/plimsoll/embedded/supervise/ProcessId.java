package io.plimsoll.embedded.supervise;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that can be recognised later, by another process too: numbers are used again, so the start counts as well.
 *
 * @param startedAt milliseconds since the epoch, as the system tells it; 0 where it tells nothing
 */
public record ProcessId(long pid, long startedAt) {

    /** The system derives the start from ticks since boot: two readings may differ by a clock correction. */
    private static final long TOLERANCE_MILLIS = 3_000;

    static ProcessId of(ProcessHandle handle) {
        return new ProcessId(
                handle.pid(),
                handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    public static ProcessId current() {
        return of(ProcessHandle.current());
    }

    /** The living process, if it is still this one. */
    public Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> startedAt == 0 || Math.abs(start.toEpochMilli() - startedAt) <= TOLERANCE_MILLIS)
                        .orElse(true));
    }

    /** Sends a signal by its name; false when the process is gone or another user's. */
    public boolean signal(String name) throws IOException, InterruptedException {
        if (handle().isEmpty()) {
            return false;
        }
        // The runtime can send two signals only; every system has a shell that knows them all.
        Process kill = new ProcessBuilder("sh", "-c", "kill -\"$1\" \"$2\"", "kill", name, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return kill.waitFor() == 0;
    }

    /** Waits for the end; false when it still lives after that time. */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        Optional<ProcessHandle> living = handle();
        if (living.isEmpty()) {
            return true;
        }
        try {
            living.get().onExit().get(most.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return handle().isEmpty();
        }
    }

    /** Signals, waits, and kills it with its children when it does not end in time. */
    public void stop(String signal, Duration most) throws IOException, InterruptedException {
        Optional<ProcessHandle> living = handle();
        if (living.isEmpty() || (signal(signal) && awaitEnd(most))) {
            return;
        }
        living.get().descendants().forEach(ProcessHandle::destroyForcibly);
        living.get().destroyForcibly();
        awaitEnd(Duration.ofSeconds(5));
    }
}
