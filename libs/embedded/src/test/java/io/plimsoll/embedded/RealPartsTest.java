package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.embedded.kafka.KafkaPart;
import io.plimsoll.embedded.keycloak.KeycloakPart;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.embedded.postgres.PostgresPart;
import io.plimsoll.embedded.supervise.PartState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The real PostgreSQL, Kafka and Keycloak, started once; what is killed comes back with what it knew. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RealPartsTest {

    private static final String TOPIC = "plimsoll.resources.v1";

    private final OneMachine machine = EmbeddedParts.withIdentity();

    private static Connection connect(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    @Order(1)
    void aServiceHasASchemaOfItsOwnAndSeesNoOther() throws SQLException {
        DatabaseAccess inventory = machine.postgres().access("inventory");
        try (Connection connection = connect(inventory);
                var statement = connection.createStatement()) {
            statement.execute("create table kept (name text primary key)");
            statement.execute("insert into kept values ('a')");
            assertThat(count(connection, "select count(*) from kept")).isEqualTo(1);
        }
        DatabaseAccess scoring = machine.postgres().access("stage-scoring");
        try (Connection connection = connect(scoring)) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> count(connection, "select count(*) from " + inventory.schema() + ".kept"))
                    .hasMessageContaining("permission denied");
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("show synchronous_commit")) {
                rows.next();
                assertThat(rows.getString(1)).isEqualTo("on");
            }
        }
    }

    @Test
    @Order(2)
    void theTopicsAreThereAndCompacted() throws ExecutionException, InterruptedException {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", machine.kafka().bootstrapServers()))) {
            Set<String> names = admin.listTopics().names().get();
            assertThat(names)
                    .contains(
                            "plimsoll.resources.v1",
                            "plimsoll.subjects.v1",
                            "plimsoll.facts.v1",
                            "plimsoll.evidence.v1",
                            "plimsoll.tallies.v1",
                            "plimsoll.declarations.v1",
                            "plimsoll.stages.v1");
            Map<String, Integer> partitions = new HashMap<>();
            admin.describeTopics(List.of(TOPIC, "plimsoll.declarations.v1"))
                    .allTopicNames()
                    .get()
                    .forEach((name, described) ->
                            partitions.put(name, described.partitions().size()));
            assertThat(partitions).containsEntry("plimsoll.declarations.v1", 1);
            assertThat(partitions.get(TOPIC)).isGreaterThan(1);
        }
    }

    @Test
    @Order(3)
    void aTokenSaysWhoItIsForWhatAndForWhom() throws Exception {
        var access = machine.keycloak().access();
        String service = claims(access.serviceToken("inventory"));
        assertThat(service)
                .contains("\"iss\":\"" + access.issuer() + "\"")
                .contains("plimsoll")
                .contains("service");
        String person = claims(access.userToken("shop-viewer"));
        assertThat(person)
                .contains("\"roles\":")
                .contains("viewer")
                .contains("\"teams\":")
                .contains("shop");
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }

    @Test
    @Order(4)
    void aKilledDatabaseComesBackWithItsRows() throws Exception {
        kill(PostgresPart.NAME, Duration.ofSeconds(15));
        try (Connection connection = connect(machine.postgres().access("inventory"))) {
            assertThat(count(connection, "select count(*) from kept")).isEqualTo(1);
        }
    }

    @Test
    @Order(5)
    void aKilledBrokerComesBackWithWhatItAcknowledged() throws Exception {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", machine.kafka().bootstrapServers());
        settings.put("acks", "all");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>(TOPIC, 0, "k" + i, "v" + i)).get();
            }
        }
        kill(KafkaPart.NAME, Duration.ofSeconds(30));
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", machine.kafka().bootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(TOPIC, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Set<String> read = new HashSet<>();
            Instant end = Instant.now().plusSeconds(30);
            while (read.size() < 100 && Instant.now().isBefore(end)) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
                    read.add(record.key());
                }
            }
            assertThat(read).hasSize(100);
        }
    }

    @Test
    @Order(6)
    void aKilledKeycloakComesBack() throws Exception {
        kill(KeycloakPart.NAME, Duration.ofSeconds(90));
        assertThat(machine.keycloak().access().serviceToken("inventory")).isNotBlank();
    }

    /** Kills the process of a part, and waits until another one is ready. */
    private void kill(String name, Duration within) throws InterruptedException {
        ProcessHandle before = machine.supervisor().process(name).orElseThrow();
        // The supervised process may be a wrapper's child; its own children go with it.
        before.destroyForcibly();
        Instant end = Instant.now().plus(within);
        while (Instant.now().isBefore(end)) {
            boolean again = machine.supervisor()
                    .process(name)
                    .filter(now -> now.pid() != before.pid())
                    .isPresent();
            if (again && machine.supervisor().state(name).orElseThrow() instanceof PartState.Ready) {
                return;
            }
            Thread.sleep(100);
        }
        throw new AssertionError(name + " did not come back within " + within + ": "
                + machine.supervisor().state(name));
    }
}
