package io.plimsoll.embedded.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.embedded.EmbeddedProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisorTest {

    private static final RestartRule QUICK =
            new RestartRule(4, 2, Duration.ofMinutes(5), Duration.ofMillis(10), Duration.ofMillis(50));

    @TempDir
    Path data;

    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    void startsInTheOrderOfNeedsAndStopsInReverse() throws Exception {
        try (Supervisor supervisor = supervisor()) {
            supervisor.add(ShellPart.sleeping("below", data));
            supervisor.add(ShellPart.sleeping("above", data, "below"));
            supervisor.start();
            supervisor.awaitReady();
        }
        assertThat(heard.indexOf("below ready")).isLessThan(heard.indexOf("above starting"));
        assertThat(heard.indexOf("above stopped")).isLessThan(heard.indexOf("below stopped"));
        assertThat(RunFile.in(data)).doesNotExist();
    }

    @Test
    void startsAgainWhatWasKilled() throws Exception {
        try (Supervisor supervisor = supervisor()) {
            supervisor.add(ShellPart.sleeping("part", data));
            supervisor.start();
            supervisor.awaitReady();
            ProcessHandle first = supervisor.process("part").orElseThrow();

            first.destroyForcibly();
            first.onExit().get(5, TimeUnit.SECONDS);
            awaitHeard("part restarting");
            supervisor.awaitReady();

            assertThat(supervisor.process("part").orElseThrow().pid()).isNotEqualTo(first.pid());
        }
        assertThat(heard).contains("part restarting: killed by signal 9");
    }

    @Test
    void givesUpWithTheReasonAndTheLogsLastLines() throws Exception {
        try (Supervisor supervisor = supervisor()) {
            supervisor.add(new ShellPart("part", List.of(), "echo out of luck; exit 3", data, false));
            supervisor.start();

            assertThatThrownBy(supervisor::awaitReady)
                    .isInstanceOf(EmbeddedProblem.class)
                    .hasMessageStartingWith("part: ended with code 3; given up after 2 attempts, log in "
                            + data.resolve("log/part.log"))
                    .hasMessageContaining("| out of luck");
        }
    }

    @Test
    void killsWhatDoesNotStopInTime() throws Exception {
        ProcessHandle stubborn;
        try (Supervisor supervisor = supervisor()) {
            supervisor.add(
                    new ShellPart("part", List.of(), "trap '' TERM; while true; do sleep 0.1; done", data, true));
            supervisor.start();
            supervisor.awaitReady();
            stubborn = supervisor.process("part").orElseThrow();
        }
        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void leavesARunFileThatAnotherProcessCanStopTheRunBy() throws Exception {
        try (Supervisor supervisor = supervisor()) {
            supervisor.add(ShellPart.sleeping("part", data));
            supervisor.start();
            supervisor.awaitReady();
            RunFile run = RunFile.read(RunFile.in(data)).orElseThrow();

            assertThat(run.supervisor()).isEqualTo(ProcessId.current());
            assertThat(run.parts()).singleElement().satisfies(part -> {
                assertThat(part.state()).isEqualTo("ready");
                assertThat(part.process().flatMap(ProcessId::handle)).isEqualTo(supervisor.process("part"));
            });
        }
    }

    @Test
    void stopsWhatASupervisorLeftBehind() throws Exception {
        Process orphan = new ProcessBuilder("sleep", "600").start();
        RunFile run = new RunFile(
                new ProcessId(1, 1),
                List.of(new RunFile.Entry(
                        "part",
                        "ready",
                        "",
                        "",
                        "TERM",
                        Duration.ofSeconds(5),
                        Optional.of(ProcessId.of(orphan.toHandle())))));
        Path file = RunFile.in(data);
        run.write(file);

        assertThat(RunFile.read(file).orElseThrow().stopParts()).containsExactly("part");
        // The process is gone when its handle says so; the Process object hears of it a moment later.
        assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesAloneAProcessThatOnlyHasTheNumber() throws Exception {
        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            ProcessId stale = new ProcessId(other.pid(), System.currentTimeMillis() - 3_600_000);
            RunFile run = new RunFile(
                    new ProcessId(1, 1),
                    List.of(new RunFile.Entry(
                            "part", "ready", "", "", "TERM", Duration.ofSeconds(5), Optional.of(stale))));
            assertThat(run.stopParts()).isEmpty();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void refusesAFolderThatIsInUseByName() throws IOException {
        try (RunLock lock = RunLock.take(data)) {
            assertThat(RunLock.held(data)).isTrue();
            assertThatThrownBy(() -> RunLock.take(data))
                    .isInstanceOf(EmbeddedProblem.class)
                    .hasMessageContaining("the data folder " + data + " is in use");
        }
        RunLock.take(data).close();
    }

    @Test
    void keepsALogWithinItsBound() throws Exception {
        PartLog log = new PartLog(data.resolve("part.log"));
        Files.write(log.file(), new byte[(int) PartLog.BYTES_MAX + 1]);
        log.turnOverWhenFull();
        assertThat(log.file()).isEmptyFile();
        assertThat(data.resolve("part.log.1")).hasSize(PartLog.BYTES_MAX + 1);
    }

    private Supervisor supervisor() {
        return new Supervisor(data, QUICK, new Watcher() {
            @Override
            public void changed(Part part, PartState state) {
                heard.add(part.name() + " " + state.word());
                if (state instanceof PartState.Resting resting) {
                    heard.add(part.name() + " restarting: " + resting.reason());
                }
            }

            @Override
            public void told(Part part, String line) {
                heard.add(part.name() + " told: " + line);
            }
        });
    }

    private void awaitHeard(String line) throws InterruptedException {
        while (!heard.contains(line)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
