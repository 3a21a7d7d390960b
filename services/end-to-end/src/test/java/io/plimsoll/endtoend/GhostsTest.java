package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.kernel.declaration.Declarations;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** Objects deleted while an analyser is down, tombstones compacted away before it is back: no evidence of them remains. */
class GhostsTest {

    private static final String CLUSTER = "ghosts";

    @Test
    void leavesNoEvidenceOfWhatWasDeletedMeanwhile() throws IOException, ExecutionException, InterruptedException {
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        admin.settled(CLUSTER, Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("many", "shop", 101, 101))));
        assertThat(findings(admin)).isGreaterThanOrEqualTo(101);
        retention(platform, "1000");
        platform.signal("config-audit", "STOP");
        String after;
        try {
            after = Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("many", "shop", 1, 0)));
            // Further batches let the broker roll segments and drop what is superseded.
            for (int n = 0; n < 4; n++) {
                Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("many", "shop", 1, n % 2)));
            }
            after = Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("many", "shop", 1, 0)));
        } finally {
            // Gone for good: its supervisor starts a new one, which has nothing but the topics.
            platform.kill("config-audit");
        }
        Platform.await("config-audit is ready", Duration.ofSeconds(90), () -> platform.ready("config-audit"));
        JsonNode stage = admin.settled(CLUSTER, after);
        retention(platform, Long.toString(Duration.ofHours(168).toMillis()));
        LawTest.sameOrganisation(
                "after deletions",
                admin,
                stage,
                Uploaded.estate()
                        .assessed(
                                Declarations.NONE,
                                Instant.parse(stage.get("asOf").asText())));
        assertThat(admin.all("/api/v1/findings?scope=" + Client.encoded("cluster/" + CLUSTER)))
                .allSatisfy(finding ->
                        assertThat(finding.get("subject").get("name").asText()).doesNotMatch("web-[1-9].*"));
    }

    private static long findings(Client admin) {
        return admin.all("/api/v1/findings?scope=" + Client.encoded("cluster/" + CLUSTER))
                .size();
    }

    /** How soon the broker forgets tombstones and superseded records. */
    private static void retention(Platform platform, String millis) throws ExecutionException, InterruptedException {
        try (Admin kafka = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                platform.machine().kafka().bootstrapServers()))) {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            for (String topic : List.of("plimsoll.resources.v1", "plimsoll.subjects.v1", "plimsoll.evidence.v1")) {
                changes.put(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(
                                new AlterConfigOp(
                                        new ConfigEntry("delete.retention.ms", millis), AlterConfigOp.OpType.SET),
                                new AlterConfigOp(new ConfigEntry("segment.ms", millis), AlterConfigOp.OpType.SET),
                                new AlterConfigOp(
                                        new ConfigEntry("min.cleanable.dirty.ratio", "0.01"),
                                        AlterConfigOp.OpType.SET)));
            }
            kafka.incrementalAlterConfigs(changes).all().get();
        }
    }
}
