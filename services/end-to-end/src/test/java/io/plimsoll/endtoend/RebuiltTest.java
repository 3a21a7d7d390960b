package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.kernel.declaration.Declarations;
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
        Topics.rebuild(platform, admin, MOST);
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
