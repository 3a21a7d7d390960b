package io.plimsoll.embedded.postgres;

import io.plimsoll.embedded.supervise.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A server that already runs on a data folder: an earlier run's, whose supervisor is gone. */
final class Postmaster {

    private Postmaster() {}

    /**
     * The living server of that folder. Its lock file names the process; a number that is another program's by now does
     * not count.
     */
    static Optional<ProcessHandle> of(Path pgdata) throws IOException {
        try {
            String first = Files.readString(pgdata.resolve("postmaster.pid"))
                    .lines()
                    .findFirst()
                    .orElse("");
            return ProcessHandle.of(Long.parseLong(first.strip()))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> process.info()
                            .commandLine()
                            .map(line -> line.contains("postgres") && line.contains(pgdata.toString()))
                            .orElse(false));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * Stops it, waiting for its checkpoint: an orderly stop now is worth more than adopting a process that nobody can
     * wait for, and costs a tenth of a second.
     */
    static boolean stop(Path pgdata, Duration most) throws IOException, InterruptedException {
        Optional<ProcessHandle> running = of(pgdata);
        if (running.isEmpty()) {
            return false;
        }
        ProcessId.of(running.get()).stop("INT", most);
        return true;
    }
}
