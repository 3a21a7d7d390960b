package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.embedded.supervise.PartState;
import io.plimsoll.kernel.declaration.Declarations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A power cut for one part at a time: nothing acknowledged is lost, nothing counts twice, and all goes on. */
class KilledTest {

    private static final String CLUSTER = "killed";
    private static final Duration BACK_WITHIN = Duration.ofSeconds(90);

    private static int round;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway",
                "inventory",
                "config-audit",
                "network-segmentation",
                "image-scan",
                "stage-scoring",
                "kafka",
                "postgresql",
                "keycloak"
            })
    void losesNothing(String part) throws IOException {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        String before = put(admin);
        JsonNode stage = admin.settled(CLUSTER, before);
        // Acknowledged a moment before the cut: on its way through the topics when it happens.
        String acknowledged = put(admin);
        ProcessHandle killed = platform.process(part);
        killed.destroyForcibly();
        Platform.await(part + " has ended", Duration.ofSeconds(10), () -> !killed.isAlive());
        long ended = System.nanoTime();
        Platform.await(
                part + " is back",
                BACK_WITHIN,
                () -> platform.state(part) instanceof PartState.Ready && platform.runsAnew(part, killed));
        System.out.printf("%s killed: ready again after %.1f s%n", part, (System.nanoTime() - ended) / 1e9);
        platform.awaitReady();
        List.of("gateway", "inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring")
                .forEach(service -> Platform.await(service + " is ready", BACK_WITHIN, () -> platform.ready(service)));
        JsonNode after = new Client(platform, "admin").settled(CLUSTER, acknowledged);
        assertThat(after.get("sequence").asLong())
                .isGreaterThanOrEqualTo(stage.get("sequence").asLong());
        sameOrganisation(admin, after);
        String more = put(admin);
        sameOrganisation(admin, admin.settled(CLUSTER, more));
    }

    private static String put(Client admin) {
        round++;
        return Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("shop", "shop", 3 + round % 5, round % 3)));
    }

    private static void sameOrganisation(Client client, JsonNode stage) throws IOException {
        AssessmentResult expected = Uploaded.estate()
                .assessed(Declarations.NONE, Instant.parse(stage.get("asOf").asText()));
        LawTest.sameOrganisation("after a kill", client, stage, expected);
    }
}
