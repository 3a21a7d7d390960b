package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Unix;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.service.RehearsalStage;
import io.plimsoll.embedded.service.ServiceProcess;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a service that runs says of what is wrong about it, as docs/upgrades.md lists: one line of the log, the same in its readiness, unready for
 * as long as it is so, and ready by itself once it is mended. Every service with tables, started as it is packaged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedStartTest {

    private static final Duration MOST = Duration.ofSeconds(90);
    private static final List<String> WITH_TABLES =
            List.of("inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring");
    private static final List<String> READING_TOPICS = List.of("config-audit", "network-segmentation", "stage-scoring");

    @TempDir
    Path work;

    /** Of its own: what is done to it would be felt by others. */
    private RehearsalStage stage;

    private OneMachine machine;

    @BeforeAll
    void open() throws IOException, InterruptedException {
        stage = RehearsalStage.open(line -> {});
        machine = stage.machine();
    }

    @AfterAll
    void close() {
        if (stage != null) {
            stage.close();
        }
    }

    /** A service that was started here. */
    private record Running(String name, Process process, URI address, Path log) implements AutoCloseable {

        String readiness() {
            return RestAssured.given().get(address.resolve("/q/health/ready")).asString();
        }

        boolean ready() {
            return HttpProbe.answers(address.resolve("/q/health/ready"));
        }

        boolean says(String what) {
            try {
                return readiness().contains(what) && Files.readString(log).contains(what);
            } catch (RuntimeException | IOException e) {
                // Not listening yet.
                return false;
            }
        }

        List<String> lines(String what) throws IOException {
            return Files.readAllLines(log).stream()
                    .filter(line -> line.contains(what) && !line.contains("SRHCK"))
                    .toList();
        }

        @Override
        public void close() {
            process.destroy();
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private Running start(String name, Map<String, String> otherwise) {
        try (ServerSocket socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();
            ServiceProcess service = PlatformServices.built().on(machine).stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            List<String> line = new ArrayList<>(List.of(Unix.java().toString()));
            line.addAll(service.jvmOptions());
            line.addAll(List.of("-jar", service.jar().toString()));
            Map<String, String> environment = new HashMap<>(service.environment());
            environment.put("PLIMSOLL_PORT", Integer.toString(port));
            environment.put("PLIMSOLL_ADDRESS", "127.0.0.1:" + port);
            environment.put("PLIMSOLL_DATA", work.resolve(name).toString());
            environment.putAll(otherwise);
            Path log = work.resolve(name + "-" + port + ".log");
            ProcessBuilder builder = new ProcessBuilder(line).directory(work.toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("PLIMSOLL") || key.startsWith("JDK_JAVA"));
            builder.environment().putAll(environment);
            socket.close();
            return new Running(
                    name,
                    builder.redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start(),
                    URI.create("http://127.0.0.1:" + port),
                    log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Running> all(List<String> names, Map<String, String> otherwise) {
        return names.stream().map(name -> start(name, otherwise)).toList();
    }

    /** Told once, in one line, and unready by it. */
    private static void refused(Running service, String reason) throws IOException {
        Platform.await(service.name() + " says " + reason, MOST, () -> service.says(reason));
        assertThat(service.ready()).as(service.name()).isFalse();
        assertThat(service.process().isAlive()).as("it goes on trying").isTrue();
        assertThat(service.lines(reason)).as(service.name()).isNotEmpty();
    }

    @Test
    void aWrongPassword() throws IOException {
        List<Running> services = all(WITH_TABLES, Map.of("PLIMSOLL_DB_PASSWORD", "wrong"));
        try {
            for (Running service : services) {
                refused(service, "password authentication failed for user");
                assertThat(service.lines("\"" + service.name().replace('-', '_') + "\""))
                        .isNotEmpty();
            }
        } finally {
            services.forEach(Running::close);
        }
    }

    @Test
    void aDatabaseOneVersionAheadIsNotTouchedAndServedOnceItIsNot() throws IOException, SQLException {
        // Given: tables of this version, then a step of the next
        List<Running> before = all(WITH_TABLES, Map.of());
        try {
            before.forEach(service -> Platform.await(service.name() + " is ready", MOST, service::ready));
        } finally {
            before.forEach(Running::close);
        }
        for (String name : WITH_TABLES) {
            sql(
                    name,
                    "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,"
                            + " installed_by, execution_time, success) values (999, '999', 'of the next version', 'SQL',"
                            + " 'V999__next.sql', 1, current_user, 1, true)");
        }
        // When
        List<Running> services = all(WITH_TABLES, Map.of());
        try {
            for (Running service : services) {
                refused(service, "the database is ahead of this version, which does not know its step 999");
            }
            // Then: a restored backup serves without a restart
            for (String name : WITH_TABLES) {
                sql(name, "delete from flyway_schema_history where version = '999'");
            }
            services.forEach(service -> Platform.await(service.name() + " is ready", MOST, service::ready));
        } finally {
            services.forEach(Running::close);
        }
    }

    @Test
    void topicsThatAreNotAsTheyAreAskedFor() throws IOException {
        List<Running> services = all(READING_TOPICS, Map.of("PLIMSOLL_PARTITIONS", "13"));
        try {
            for (Running service : services) {
                refused(service, "has 12 partitions, partition 12 is asked for");
            }
        } finally {
            services.forEach(Running::close);
        }
    }

    @Test
    void aTopicThatIsMissingAndServedOnceItIsThere() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", machine.kafka().bootstrapServers()))) {
            String topic = "plimsoll.evidence.v1";
            admin.deleteTopics(List.of(topic)).all().get(30, TimeUnit.SECONDS);
            try (Running service = start("config-audit", Map.of())) {
                refused(service, "the broker has no topic " + topic);
                admin.createTopics(List.of(
                                new NewTopic(topic, 12, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                        .all()
                        .get(30, TimeUnit.SECONDS);
                Platform.await("it is ready", MOST, service::ready);
            }
        }
    }

    private void sql(String service, String statement) throws SQLException {
        DatabaseAccess access = machine.postgres().access(service);
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }
}
