package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.kernel.declaration.Declarations;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The topics refilled from the database: a new epoch, the same answer. */
class RebuiltTest {

    private static final String CLUSTER = "rebuilt";
    private static final Duration MOST = Duration.ofSeconds(120);

    @Test
    void givesTheSameAnswerAtANewEpoch() throws IOException, InterruptedException {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        String before = Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("again", "shop", 3, 2)));
        admin.settled(CLUSTER, before);
        // As the command does: with the token of a service's own client.
        Response begun = RestAssured.given()
                .baseUri(platform.gateway().toString())
                .header(
                        "Authorization",
                        "Bearer " + platform.machine().keycloak().access().serviceToken("inventory"))
                .urlEncodingEnabled(false)
                .post("/api/v1/topics:rebuild");
        assertThat(begun.statusCode()).as(begun.asString()).isEqualTo(200);
        Platform.await("the topics are refilled", MOST, () -> {
            JsonNode progress = admin.get("/api/v1/topics:rebuild");
            return progress.get("pending").asLong() == 0
                    && progress.get("outboxRecords").asLong() == 0;
        });
        String after = admin.get("/api/v1/clusters/" + CLUSTER).get("revision").asText();
        assertThat(epoch(after)).isGreaterThan(epoch(before));
        JsonNode stage = admin.settled(CLUSTER, after);
        LawTest.sameOrganisation(
                "after a rebuild",
                admin,
                stage,
                Uploaded.estate()
                        .assessed(
                                Declarations.NONE,
                                Instant.parse(stage.get("asOf").asText())));
    }

    private static long epoch(String revision) {
        return Long.parseLong(revision.substring(0, revision.indexOf('.')));
    }
}
