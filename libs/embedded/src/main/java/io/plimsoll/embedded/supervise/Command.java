package io.plimsoll.embedded.supervise;

import io.plimsoll.embedded.place.Unix;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A process to start.
 *
 * @param line program and arguments
 * @param environment all it gets beside what every process needs (path, home, language, time zone): variables of the
 *     caller's shell do not change what a part does
 * @param folder where it runs
 */
public record Command(List<String> line, Map<String, String> environment, Path folder) {

    private static final Set<String> KEPT = Set.of("PATH", "HOME", "USER", "LANG", "TZ", "TMPDIR");

    public Command {
        line = List.copyOf(line);
        environment = Map.copyOf(environment);
    }

    /**
     * Runs it to its end, its output appended to {@code log}.
     *
     * @throws IOException when it does not end with code 0 in time; the message has its last lines
     */
    public void runToEnd(Path log, Duration most) throws IOException, InterruptedException {
        PartLog output = new PartLog(log);
        Process process = builder(line).redirectOutput(output.target()).start();
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(line.get(0) + " did not end within " + most.toSeconds() + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new IOException(String.join(" ", line) + " ended with code " + process.exitValue() + ": "
                    + String.join(" | ", output.tail(5)));
        }
    }

    /**
     * A builder for a process that lives as long as its supervisor. On Linux it gets a session of its own, so that
     * Ctrl-C reaches the supervisor alone, and a signal when the supervisor dies, however it dies.
     *
     * <p>The kernel ties that signal to the <em>thread</em> that starts the process: start it from the supervisor's own
     * thread, never from a pool's, or the process ends with that thread.
     */
    ProcessBuilder supervised(String signalAtParentsDeath) {
        if (!Unix.linux() || !Unix.onPath("setsid") || !Unix.onPath("setpriv")) {
            return builder(line);
        }
        List<String> wrapped = new ArrayList<>(List.of("setsid", "setpriv"));
        // One setpriv is enough when the command begins with its own.
        List<String> rest = line.get(0).equals("setpriv") ? line.subList(1, line.size()) : line;
        wrapped.add("--pdeathsig=" + signalAtParentsDeath.toUpperCase(Locale.ROOT));
        wrapped.addAll(rest);
        return builder(wrapped);
    }

    private ProcessBuilder builder(List<String> whole) {
        ProcessBuilder builder = new ProcessBuilder(whole).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> !KEPT.contains(name) && !name.startsWith("LC_"));
        builder.environment().putAll(environment);
        return builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true);
    }
}
