package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.kafka.KafkaPart;
import io.plimsoll.embedded.keycloak.KeycloakPart;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.embedded.postgres.PostgresPart;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each part is killed in the middle of its work: it comes back, and with it all that was acknowledged. */
@Tag("parts")
@Timeout(300)
class KilledPartsTest {

    /** Far above what is promised (docs/one-machine.md): a slow machine is no fault of the code. */
    private static final Duration BACK_WITHIN_MAX = Duration.ofMinutes(2);

    private final OneMachine machine = EmbeddedParts.withIdentity();

    @Test
    void theDatabaseKeepsWhatWasCommitted() throws Exception {
        DatabaseAccess access = machine.postgres().access("stage-scoring");
        run(access, "CREATE TABLE IF NOT EXISTS kept (n int)");
        run(access, "INSERT INTO kept VALUES (41)");

        killAndAwait(PostgresPart.NAME);

        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT n FROM kept")) {
            assertThat(answer.next()).isTrue();
            assertThat(answer.getInt(1)).isEqualTo(41);
        }
        // Keycloak went on running: what it held of the killed database fails no request.
        for (int n = 0; n < 10; n++) {
            assertThat(machine.keycloak().access().serviceToken("inventory")).isNotEmpty();
        }
    }

    @Test
    void theBrokerKeepsWhatWasAcknowledged() throws Exception {
        Records.write(machine.kafka().bootstrapServers(), "plimsoll.stages.v1", "kept", "41");
        killAndAwait(KafkaPart.NAME);
        assertThat(Records.read(machine.kafka().bootstrapServers(), "plimsoll.stages.v1"))
                .contains("kept=41");
    }

    @Test
    void keycloakGivesTokensAgain() throws Exception {
        assertThat(machine.keycloak().access().serviceToken("gateway")).isNotEmpty();
        killAndAwait(KeycloakPart.NAME);
        assertThat(machine.keycloak().access().serviceToken("gateway")).isNotEmpty();
        assertThat(machine.keycloak().access().userToken("admin")).isNotEmpty();
    }

    private void killAndAwait(String part) throws Exception {
        ProcessHandle victim = machine.supervisor().process(part).orElseThrow();
        Instant killed = Instant.now();
        victim.destroyForcibly();
        victim.onExit().get(10, TimeUnit.SECONDS);
        while (machine.supervisor()
                .process(part)
                .filter(process -> process.pid() != victim.pid())
                .isEmpty()) {
            assertThat(Duration.between(killed, Instant.now())).isLessThan(BACK_WITHIN_MAX);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        machine.supervisor().awaitReady();
        System.out.printf(
                "%s back %.1f s after kill -9%n",
                part, Duration.between(killed, Instant.now()).toMillis() / 1000.0);
    }

    private static void run(DatabaseAccess access, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
