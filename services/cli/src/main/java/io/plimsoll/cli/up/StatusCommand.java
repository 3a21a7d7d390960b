package io.plimsoll.cli.up;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.embedded.supervise.RunFile;
import io.plimsoll.embedded.supervise.RunLock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plimsoll status}: what runs in a data folder. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs on this machine.",
        footerHeading = "%nExamples:%n",
        footer = {"  plimsoll status", "", "Exit codes: 0 all ready, 1 not all ready or nothing runs"})
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data = new DataFolder();

    @Override
    public Integer call() throws IOException {
        Path folder = data.path();
        Optional<RunFile> run = RunFile.read(RunFile.in(folder));
        if (run.isEmpty() || !RunLock.held(folder)) {
            System.out.println("nothing runs in " + folder);
            return ExitCode.NOTHING_USABLE;
        }
        boolean ready = true;
        for (RunFile.Entry part : run.get().parts()) {
            String pid =
                    part.process().map(process -> String.valueOf(process.pid())).orElse("-");
            System.out.println(String.format(
                            Locale.ROOT,
                            "%-22s %-10s pid %-8s %s %s",
                            part.name(),
                            part.state(),
                            pid,
                            part.address(),
                            part.detail())
                    .stripTrailing());
            ready &= part.state().equals("ready");
        }
        return ready ? ExitCode.DONE : ExitCode.NOTHING_USABLE;
    }
}
