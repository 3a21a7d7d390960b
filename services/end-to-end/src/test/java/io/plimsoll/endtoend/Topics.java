package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;

/** The topics, made anew from the inventory. */
final class Topics {

    private Topics() {}

    /** As the command does, with the token of a service's own client; until everything is sent again. */
    static void rebuild(Platform platform, Client admin, Duration most) throws IOException, InterruptedException {
        Response begun = RestAssured.given()
                .baseUri(platform.gateway().toString())
                .header(
                        "Authorization",
                        "Bearer " + platform.machine().keycloak().access().serviceToken("inventory"))
                .urlEncodingEnabled(false)
                .post("/api/v1/topics:rebuild");
        assertThat(begun.statusCode()).as(begun.asString()).isEqualTo(200);
        Platform.await("the topics are refilled", most, () -> {
            JsonNode progress = admin.get("/api/v1/topics:rebuild");
            return progress.get("pending").asLong() == 0
                    && progress.get("outboxRecords").asLong() == 0;
        });
    }
}
