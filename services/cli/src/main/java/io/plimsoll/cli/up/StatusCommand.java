package io.plimsoll.cli.up;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.embedded.supervise.ProcessId;
import io.plimsoll.embedded.supervise.ProcessMemory;
import io.plimsoll.embedded.supervise.RunFile;
import io.plimsoll.embedded.supervise.RunLock;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code plimsoll status}: what runs in a data folder. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = "Says what runs on this machine, with the memory it takes.",
        footerHeading = "%nExamples:%n",
        footer = {"  plimsoll status", "", "Exit codes: 0 all ready, 1 not all ready or nothing runs"})
public final class StatusCommand implements Callable<Integer> {

    @Mixin
    private DataFolder data = new DataFolder();

    @Override
    public Integer call() throws IOException {
        try {
            return show(data.path());
        } catch (AccessDeniedException e) {
            System.err.println("plimsoll: no permission for " + e.getFile() + "; run 'status' as who ran 'up'");
            return ExitCode.NOTHING_USABLE;
        }
    }

    private static Integer show(Path folder) throws IOException {
        Optional<RunFile> run = RunFile.read(RunFile.in(folder));
        if (run.isEmpty()) {
            System.out.println("nothing runs in " + folder);
            return ExitCode.NOTHING_USABLE;
        }
        boolean watched = RunLock.held(folder);
        if (!watched
                && run.get().parts().stream().allMatch(part -> process(part).isEmpty())) {
            System.out.println("nothing runs in " + folder);
            return ExitCode.NOTHING_USABLE;
        }
        if (!watched) {
            System.out.println("the supervisor is gone; 'plimsoll up' or 'plimsoll down' stops what it left:");
        }
        boolean ready = watched;
        long sum = 0;
        System.out.println(row("part", "state", "process", "MiB", "address"));
        for (RunFile.Entry part : run.get().parts()) {
            Optional<Long> pid = process(part);
            OptionalLong memory = pid.isPresent() ? ProcessMemory.mebibytes(pid.get()) : OptionalLong.empty();
            sum += memory.orElse(0);
            System.out.println(row(
                    part.name(),
                    part.state(),
                    pid.map(String::valueOf).orElse("-"),
                    text(memory),
                    (part.address() + " " + part.detail()).strip()));
            ready &= pid.isPresent() && part.state().equals("ready");
        }
        if (watched) {
            // Its children are the parts, counted above.
            long pid = run.get().supervisor().pid();
            OptionalLong memory = ProcessMemory.ownMebibytes(pid);
            sum += memory.orElse(0);
            System.out.println(row("supervisor", "ready", String.valueOf(pid), text(memory), ""));
        }
        System.out.println(row("sum", "", "", String.valueOf(sum), ""));
        return ready ? ExitCode.DONE : ExitCode.NOTHING_USABLE;
    }

    private static Optional<Long> process(RunFile.Entry part) {
        return part.process().flatMap(ProcessId::handle).map(ProcessHandle::pid);
    }

    private static String text(OptionalLong memory) {
        return memory.isPresent() ? String.valueOf(memory.getAsLong()) : "-";
    }

    private static String row(String part, String state, String pid, String memory, String address) {
        return String.format(Locale.ROOT, "%-22s %-10s %8s %6s  %s", part, state, pid, memory, address)
                .stripTrailing();
    }
}
