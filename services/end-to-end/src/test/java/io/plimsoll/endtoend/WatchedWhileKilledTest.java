package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.testing.GeneratedEstate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice of the load of {@link LiveBench}: clusters that change all the time, while sensor, inventory and broker are killed in turn. */
class WatchedWhileKilledTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLUSTERS = 3;
    private static final Duration WITHIN = Duration.ofSeconds(120);

    @Test
    void nothingIsLostAndNothingAppliedTwice(@TempDir Path folder) throws Exception {
        generate(folder);
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        try (SteadyChanges steady = new SteadyChanges(platform, admin, folder, CLUSTERS, "steady-")) {
            steady.begin(WITHIN);
            int sent = steady.run(
                    100,
                    Duration.ofSeconds(60),
                    Map.of(
                            2, () -> steady.sensor(0).killAndStart(),
                            4, () -> platform.kill("inventory"),
                            6, () -> platform.kill("kafka")));
            assertThat(sent).isGreaterThan(CLUSTERS * 300);
            steady.converged(WITHIN);
            for (int i = 0; i < CLUSTERS; i++) {
                JsonNode truth = JSON.readTree(
                        folder.resolve("c%04d.truth.json".formatted(i)).toFile());
                assertThat(steady.tell(i))
                        .as("stands at the generator's hash")
                        .isEqualTo(truth.path("changes").path("final_sha256").asText());
            }
            assertThat(steady.appliedTwice()).isZero();
            assertThat(steady.latencies()).isNotEmpty();
            assertThat(steady.writes()).isNull();
            steady.remember(Uploaded.estate());
            platform.awaitReady();
        }
    }

    private static void generate(Path folder) throws IOException, InterruptedException {
        boolean made = GeneratedEstate.make(
                folder,
                "--clusters",
                Integer.toString(CLUSTERS),
                "--namespaces",
                "4",
                "--pods",
                "60",
                "--changes",
                "320");
        assumeTrue(made, "the generator of estates is absent");
    }
}
