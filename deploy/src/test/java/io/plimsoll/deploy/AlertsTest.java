package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules and alerts, by Prometheus' own tool. */
class AlertsTest {

    private static final Path FOLDER = Fixtures.repository().resolve("deploy/prometheus");

    @TempDir
    Path work;

    private String promtool(String... arguments) throws IOException, InterruptedException {
        Optional<Path> tool = Tools.find("promtool");
        assumeTrue(tool.isPresent(), "promtool is absent: .ci/prometheus-tools fetches it");
        List<String> command = new ArrayList<>(List.of(tool.orElseThrow().toString()));
        command.addAll(List.of(arguments));
        Path output = work.resolve("output");
        Process process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("promtool ends").isTrue();
        return process.exitValue() + " " + Files.readString(output, StandardCharsets.UTF_8);
    }

    @Test
    void configurationAndRulesAreRead() throws IOException, InterruptedException {
        assertThat(promtool("check", "config", "prometheus.yaml")).startsWith("0 ");
        assertThat(promtool("check", "rules", "rules.yaml")).startsWith("0 ");
    }

    @Test
    void eachAlertFiresAsItsTestSays() throws IOException, InterruptedException {
        assertThat(promtool("test", "rules", "tests/alerts.yaml")).startsWith("0 ");
    }

    @Test
    void aRuleThatNeverFiresIsSeen() throws IOException, InterruptedException {
        // Given
        Files.writeString(
                work.resolve("rules.yaml"),
                Files.readString(FOLDER.resolve("rules.yaml"))
                        .replace("plimsoll:lag:sum > 10000", "plimsoll:lag:sum > 1e9"));
        Files.createDirectory(work.resolve("tests"));
        Files.copy(FOLDER.resolve("tests/alerts.yaml"), work.resolve("tests/alerts.yaml"));
        // When
        String said =
                promtool("test", "rules", work.resolve("tests/alerts.yaml").toString());
        // Then
        assertThat(said).startsWith("1 ").contains("PlimsollLag");
    }

    @Test
    void noAlertIsWithoutATestInWhichItFires() throws IOException {
        Set<String> alerts = new TreeSet<>();
        for (Object group : Tree.list(read("rules.yaml"), "groups")) {
            for (Object rule : Tree.list(group, "rules")) {
                if (Tree.at(rule, "alert") != null) {
                    alerts.add(Tree.text(rule, "alert"));
                    assertThat(Tree.text(rule, "annotations", "summary")).isNotEqualTo("null");
                    assertThat(Tree.text(rule, "labels", "severity")).isIn("critical", "warning", "info");
                }
            }
        }
        Set<String> fired = new TreeSet<>();
        for (Object test : Tree.list(read("tests/alerts.yaml"), "tests")) {
            for (Object expected : Tree.list(test, "alert_rule_test")) {
                if (!Tree.list(expected, "exp_alerts").isEmpty()) {
                    fired.add(Tree.text(expected, "alertname"));
                }
            }
        }
        assertThat(fired).isEqualTo(alerts).hasSizeGreaterThan(10);
    }

    private static Object read(String name) throws IOException {
        return Chart.objects(Files.readString(FOLDER.resolve(name))).getFirst();
    }
}
