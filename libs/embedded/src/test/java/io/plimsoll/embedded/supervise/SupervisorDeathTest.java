package io.plimsoll.embedded.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.place.Unix;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the parts when their supervisor is killed. */
@Timeout(60)
class SupervisorDeathTest {

    @TempDir
    Path data;

    @Test
    void partsEndWithASupervisorThatIsKilled() throws Exception {
        Assumptions.assumeTrue(Unix.linux() && Unix.onPath("setpriv"), "the signal at a parent's death is Linux's");
        Process supervisor = new ProcessBuilder(
                        Unix.java().toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("child.log").toFile())
                .start();
        ProcessHandle part = awaitPart();
        // Longer than any thread of a pool lives: the part must hang on the supervisor's thread, not on another's.
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(part.isAlive()).isTrue();

        supervisor.destroyForcibly();

        part.onExit().get(10, TimeUnit.SECONDS);
        assertThat(part.isAlive()).isFalse();
    }

    private ProcessHandle awaitPart() throws Exception {
        while (true) {
            var part = RunFile.read(RunFile.in(data)).stream()
                    .flatMap(run -> run.parts().stream())
                    .filter(entry -> entry.state().equals("ready"))
                    .flatMap(entry -> entry.process().flatMap(ProcessId::handle).stream())
                    .findFirst();
            if (part.isPresent()) {
                return part.get();
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** A supervisor in a process of its own. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws InterruptedException {
            Path data = Path.of(args[0]);
            Supervisor supervisor = new Supervisor(data, RestartRule.USUAL, Watcher.SILENT);
            supervisor.add(ShellPart.sleeping("part", data));
            supervisor.start();
            supervisor.awaitEnd();
        }
    }
}
