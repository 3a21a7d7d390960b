package io.plimsoll.embedded.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that can be recognised later, by another process too: numbers are used again, so the start counts as well.
 *
 * @param startedAt milliseconds since the epoch, as the system tells it; 0 where it tells nothing
 */
public record ProcessId(long pid, long startedAt) {

    /** The system derives the start from ticks since boot: two readings may differ by a clock correction. */
    private static final long TOLERANCE_MILLIS = 3_000;

    private static final long LOOK_MILLIS = 20;

    public static ProcessId of(ProcessHandle handle) {
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
                .filter(handle -> !ended(handle))
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> startedAt == 0 || Math.abs(start.toEpochMilli() - startedAt) <= TOLERANCE_MILLIS)
                        .orElse(true));
    }

    /** An orphan that has ended stays in the table of processes where nobody collects them, as in many containers. */
    private static boolean ended(ProcessHandle handle) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(handle.pid()), "stat"));
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            return false;
        }
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
        if (handle().isEmpty()) {
            return true;
        }
        Instant until = Instant.now().plus(most);
        while (Instant.now().isBefore(until)) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            if (handle().isEmpty()) {
                return true;
            }
        }
        return false;
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
