package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.kernel.declaration.Declarations;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two replicas of an analyser: partitions move while uploads go on, and whoever does not own a cluster says who does. */
class ReplicasTest {

    private static final String CLUSTER = "moving";

    @Test
    void movesPartitionsWhileUploadsGoOn() throws IOException {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        admin.settled(CLUSTER, put(admin, 0));
        List<JsonNode> before = connections(admin);
        assertThat(before).isNotEmpty();
        ServiceProcess second = platform.services().replica(platform.machine(), "network-segmentation", 1);
        platform.machine().add(List.of(second));
        String last = "";
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        int round = 1;
        // Until the second replica is ready, and some rounds more.
        int after = 0;
        while (after < 5 && System.nanoTime() < end) {
            last = put(admin, round++ % 3);
            admin.settled(CLUSTER, last);
            Response answer = admin.request().get("/api/v1/connections?cluster=" + CLUSTER + "&pageSize=500");
            // While the partition is being read anew the answer is a named problem, never a wrong list.
            assertThat(answer.statusCode()).as(answer.asString()).isIn(200, 503);
            if (answer.statusCode() == 200) {
                assertThat(Client.json(answer).get("items").size()).isEqualTo(before.size());
            }
            after += HttpProbe.answers(second.readiness()) ? 1 : 0;
        }
        assertThat(after).as("rounds with two replicas").isEqualTo(5);
        JsonNode stage = admin.settled(CLUSTER, last);
        LawTest.sameOrganisation(
                "with two replicas",
                admin,
                stage,
                Uploaded.estate()
                        .assessed(
                                Declarations.NONE,
                                Instant.parse(stage.get("asOf").asText())));
        Platform.await(
                "connections of " + CLUSTER,
                Duration.ofSeconds(30),
                () -> admin.status("/api/v1/connections?cluster=" + CLUSTER) == 200);
        assertThat(connections(admin)).hasSameSizeAs(before);
    }

    private static List<JsonNode> connections(Client admin) {
        return admin.all("/api/v1/connections?cluster=" + CLUSTER);
    }

    private static String put(Client admin, int privileged) {
        return Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("moving", "shop", 3, privileged)));
    }
}
