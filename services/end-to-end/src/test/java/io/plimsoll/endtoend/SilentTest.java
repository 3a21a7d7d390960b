package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.kernel.declaration.Declarations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An analyser that says nothing: the last stage stands for as long as it lasts, and is called provisional. */
class SilentTest {

    private static final String CLUSTER = "silent";

    @Test
    void keepsTheLastStageProvisionalWhileAnAnalyserIsStopped() throws IOException {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        String before = Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("quiet", "shop", 4, 0)));
        JsonNode settled = admin.settled(CLUSTER, before);
        JsonNode cluster = admin.settled("cluster/" + CLUSTER, Duration.ofSeconds(20), stage -> true);
        platform.signal("config-audit", "STOP");
        String after;
        try {
            after = Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("quiet", "shop", 9, 9)));
            Platform.await("the stage is provisional", Duration.ofSeconds(30), () -> {
                JsonNode stage = admin.stage("cluster/" + CLUSTER);
                return stage != null && stage.get("provisional").asBoolean();
            });
            // Longer than any lease: no timer may end the wait.
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            Platform.await("20 s of silence", Duration.ofSeconds(40), () -> {
                JsonNode stage = admin.present("cluster/" + CLUSTER);
                assertThat(stage.get("provisional").asBoolean()).isTrue();
                assertThat(stage.get("measured")).isEqualTo(cluster.get("measured"));
                return System.nanoTime() > end;
            });
            assertThat(settled.get("provisional").asBoolean()).isFalse();
        } finally {
            platform.signal("config-audit", "CONT");
        }
        JsonNode stage = admin.settled(CLUSTER, after);
        LawTest.sameOrganisation(
                "after the silence",
                admin,
                stage,
                Uploaded.estate()
                        .assessed(
                                Declarations.NONE,
                                Instant.parse(stage.get("asOf").asText())));
    }
}
