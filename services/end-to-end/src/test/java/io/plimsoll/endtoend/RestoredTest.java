package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.supervise.Watcher;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** A backup of the database, taken while the platform works, is the whole platform: on another machine, with an empty broker, it says the same. */
class RestoredTest {

    private static final Duration MOST = Duration.ofSeconds(120);

    @Test
    void saysTheSameOnAnotherMachineWithAnEmptyBroker() throws IOException, SQLException, InterruptedException {
        // Given
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        String revision = Uploaded.put(admin, Uploaded.file("kept", Shop.of("kept", "shop", 5, 2)));
        admin.settled("kept", revision);
        JsonNode before = admin.settled("cluster/kept", MOST, stage -> true);
        Path data = Files.createTempDirectory("plimsoll-restored-");
        try {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
            // When
            Backup.take(platform.machine(), data);
            String later = Uploaded.put(admin, Uploaded.file("later", Shop.of("later", "shop", 1, 0)));
            admin.settled("later", later);
            try (OneMachine machine = OneMachine.start(
                    new OneMachine.Wish(
                            new Places(data, Places.defaultCache()),
                            OptionalInt.of(Ports.anyFree().base()),
                            true,
                            true),
                    Watcher.SILENT,
                    line -> {})) {
                Platform restored = Platform.on(machine);
                Client there = new Client(restored, "admin");
                Topics.rebuild(restored, there, MOST);
                // Then
                JsonNode after = there.settled("cluster/kept", MOST, stage -> newer(stage, revision));
                assertThat(after.get("measured")).isEqualTo(before.get("measured"));
                assertThat(there.status("/api/v1/clusters/kept")).isEqualTo(200);
                assertThat(there.status("/api/v1/clusters/later"))
                        .as("what came after the backup is not in it")
                        .isEqualTo(404);
                // And it works on: what is uploaded anew is taken.
                Response upload = there.upload("later", "files", Shop.of("later", "shop", 1, 0));
                there.settled("later", Client.revision(upload));
            }
        } finally {
            Folders.delete(data);
        }
    }

    /** Stands on a new epoch: it was scored here, not before the backup. */
    private static boolean newer(JsonNode stage, String revision) {
        for (JsonNode each : stage.get("clusters")) {
            if (each.get("cluster").asText().equals("kept")) {
                String now = each.get("revision").asText();
                return Long.parseLong(now.substring(0, now.indexOf('.')))
                        > Long.parseLong(revision.substring(0, revision.indexOf('.')));
            }
        }
        return false;
    }
}
