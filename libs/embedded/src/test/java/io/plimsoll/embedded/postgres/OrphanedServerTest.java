package io.plimsoll.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.place.DatabaseUser;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.place.PartsFolder;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.place.Secrets;
import io.plimsoll.embedded.supervise.RestartRule;
import io.plimsoll.embedded.supervise.Supervisor;
import io.plimsoll.embedded.supervise.Watcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that outlived its supervisor: stopped in order by the next one, with all its data. */
@Tag("parts")
@Timeout(120)
class OrphanedServerTest {

    private Path data = Path.of("");

    @BeforeEach
    void folder() throws Exception {
        data = Files.createTempDirectory("plimsoll-orphan-");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void clear() throws Exception {
        Folders.delete(data);
    }

    @Test
    void theNextSupervisorStopsItAndGoesOnWithItsData() throws Exception {
        // Given
        DatabaseUser user = DatabaseUser.ofThisProcess();
        Places places = new Places(data, Places.defaultCache());
        places.prepare(user);
        PostgresPart part = new PostgresPart(
                PartsFolder.find().postgresArchive(),
                places,
                user,
                Ports.anyFree().postgresql(),
                Secrets.in(data));
        part.prepare(line -> {});
        Process orphan = new ProcessBuilder(part.command().line())
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("orphan.log").toFile())
                .start();
        while (!part.ready()) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        part.settle();
        DatabaseAccess access = part.access("inventory");
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept (n int)");
        }
        // When
        try (Supervisor supervisor = new Supervisor(data, RestartRule.USUAL, Watcher.SILENT)) {
            supervisor.add(part);
            supervisor.start();
            supervisor.awaitReady();
            // Then
            assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
            assertThat(orphan.exitValue()).isZero();
            try (Connection connection =
                            DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                    Statement statement = connection.createStatement();
                    ResultSet answer = statement.executeQuery("SELECT count(*) FROM kept")) {
                assertThat(answer.next()).isTrue();
            }
        } finally {
            orphan.destroyForcibly();
        }
    }
}
