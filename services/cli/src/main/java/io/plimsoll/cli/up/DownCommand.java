package io.plimsoll.cli.up;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.embedded.supervise.ProcessId;
import io.plimsoll.embedded.supervise.RunFile;
import io.plimsoll.embedded.supervise.RunLock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plimsoll down}: stops what {@code up} runs, from another terminal, or what it left behind. */
@Command(
        name = "down",
        mixinStandardHelpOptions = true,
        description = "Stops the platform of a data folder; the data stay.",
        footerHeading = "%nExamples:%n",
        footer = {"  plimsoll down", "  plimsoll down --data /srv/plimsoll"})
public final class DownCommand implements Callable<Integer> {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);

    @Mixin
    private DataFolder data = new DataFolder();

    @Override
    public Integer call() throws IOException, InterruptedException {
        try {
            return stop(data.path());
        } catch (AccessDeniedException e) {
            System.err.println("plimsoll: no permission for " + e.getFile() + "; run 'down' as who ran 'up'");
            return ExitCode.NOTHING_USABLE;
        }
    }

    private static Integer stop(Path folder) throws IOException, InterruptedException {
        Optional<RunFile> run = RunFile.read(RunFile.in(folder));
        if (run.isEmpty()) {
            System.out.println("nothing runs in " + folder);
            return ExitCode.DONE;
        }
        if (!RunLock.held(folder)) {
            List<String> stopped = run.get().stopParts();
            System.out.println(
                    stopped.isEmpty()
                            ? "nothing runs in " + folder
                            : "stopped what was left behind: " + String.join(", ", stopped));
            return ExitCode.DONE;
        }
        ProcessId supervisor = run.get().supervisor();
        if (!supervisor.signal("TERM") && RunLock.held(folder)) {
            System.err.println("plimsoll: may not stop process " + supervisor.pid() + "; run 'down' as who ran 'up'");
            return ExitCode.NOTHING_USABLE;
        }
        Instant end = Instant.now().plus(STOP_WITHIN);
        while (RunLock.held(folder)) {
            if (Instant.now().isAfter(end)) {
                System.err.println("plimsoll: process " + supervisor.pid() + " has not stopped within "
                        + STOP_WITHIN.toSeconds() + " s; its logs are in " + folder.resolve("log"));
                return ExitCode.NOTHING_USABLE;
            }
            Thread.sleep(100);
        }
        System.out.println("stopped");
        return ExitCode.DONE;
    }
}
