package io.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code plimsoll ... | head -1}: a reader who has seen enough is no fault. */
class ClosedPipeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"audit, jsonl", "assess, json"})
    void endsQuietly(String command, String format) throws IOException, InterruptedException {
        // Far more than a pipe holds.
        StringBuilder pods = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            pods.append("---\napiVersion: v1\nkind: Pod\nmetadata: {name: p").append(i);
            pods.append(", namespace: n}\nspec: {containers: [{name: main, image: a}]}\n");
        }
        Path manifest = Files.writeString(folder.resolve("pods.yaml"), pods);
        Path errors = folder.resolve("errors");
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 23) {
            // As the launcher does: what the JVM says of a library is no answer of ours.
            line.add("--sun-misc-unsafe-memory-access=allow");
        }
        line.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Plimsoll.class.getName(),
                command,
                manifest.toString(),
                "--format",
                format));
        Process process =
                new ProcessBuilder(line).redirectError(errors.toFile()).start();
        assertThat(process.getInputStream().read()).isEqualTo('{');
        process.getInputStream().close();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(errors)).isEmpty();
        assertThat(process.exitValue()).isIn(ExitCode.DONE, ExitCode.READER_GONE);
    }
}
