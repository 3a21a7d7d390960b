package io.plimsoll.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.plimsoll.embedded.keycloak.KeycloakAccess;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real parts promise to services. */
@Tag("parts")
@Timeout(300)
class RealPartsTest {

    private final OneMachine machine = EmbeddedParts.withIdentity();

    @Test
    void aServiceWritesAndReadsInItsOwnSchema() throws Exception {
        try (Connection connection = open(machine.postgres().access("image-scan"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS seen (digest text PRIMARY KEY)");
            statement.execute("INSERT INTO seen VALUES ('sha256:1') ON CONFLICT DO NOTHING");
            assertThat(one(statement, "SELECT count(*) FROM image_scan.seen")).isEqualTo("1");
            assertThat(one(statement, "SHOW server_version")).startsWith("18.6");
            assertThat(one(statement, "SHOW data_checksums")).isEqualTo("on");
            assertThat(one(statement, "SHOW fsync")).isEqualTo("on");
            assertThat(one(statement, "SELECT current_setting('password_encryption')"))
                    .isEqualTo("scram-sha-256");
        }
    }

    @Test
    void noServiceReadsAnothersTables() throws Exception {
        try (Connection owner = open(machine.postgres().access("inventory"));
                Statement statement = owner.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS outbox (id bigint)");
        }
        try (Connection other = open(machine.postgres().access("config-audit"));
                Statement statement = other.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM inventory.outbox"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied for schema inventory");
        }
    }

    @Test
    void aWrongPasswordOpensNothing() {
        DatabaseAccess access = machine.postgres().access("inventory");
        assertThatThrownBy(() -> DriverManager.getConnection(access.jdbcUrl(), access.user(), "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void eachTopicOfTheContractTakesAndGivesRecords() throws Exception {
        try (Admin admin = Records.admin(machine.kafka().bootstrapServers())) {
            List<String> topics = admin.listTopics().names().get().stream()
                    .filter(topic -> topic.startsWith("plimsoll."))
                    .sorted()
                    .toList();
            assertThat(topics)
                    .containsExactly(
                            "plimsoll.declarations.v1",
                            "plimsoll.evidence.v1",
                            "plimsoll.facts.v1",
                            "plimsoll.resources.v1",
                            "plimsoll.stages.v1",
                            "plimsoll.subjects.v1",
                            "plimsoll.tallies.v1");
            Map<String, Integer> partitions = new HashMap<>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get()
                    .forEach((topic, found) ->
                            partitions.put(topic, found.partitions().size()));
            assertThat(partitions)
                    .allSatisfy((topic, count) ->
                            assertThat(count).isEqualTo(topic.startsWith("plimsoll.declarations") ? 1 : 12));
            for (String topic : topics) {
                Records.write(machine.kafka().bootstrapServers(), topic, "a/key", "a value");
                assertThat(Records.read(machine.kafka().bootstrapServers(), topic))
                        .contains("a/key=a value");
                assertThat(Records.setting(admin, topic, "cleanup.policy")).isEqualTo("compact");
                assertThat(Records.setting(admin, topic, "delete.retention.ms")).isEqualTo("604800000");
            }
        }
    }

    @Test
    void aServicesTokenIsForThePlatformAndSaysWhatItMayDo() throws Exception {
        KeycloakAccess keycloak = machine.keycloak().access();
        Map<String, List<String>> claims = claims(keycloak.serviceToken("inventory"));
        assertThat(claims)
                .containsEntry("iss", List.of(keycloak.issuer().toString()))
                .containsEntry("aud", List.of("plimsoll"))
                .containsEntry("azp", List.of("plimsoll-inventory"))
                .containsEntry("roles", List.of("service"))
                .containsKey("sub")
                .doesNotContainKey("teams");
    }

    @Test
    void aTeamViewersTokenNamesTheTeam() throws Exception {
        KeycloakAccess keycloak = machine.keycloak().access();
        Map<String, List<String>> claims = claims(keycloak.userToken("shop-viewer"));
        assertThat(claims)
                .containsEntry("iss", List.of(keycloak.issuer().toString()))
                .containsEntry("aud", List.of("plimsoll"))
                .containsEntry("teams", List.of("shop"))
                .containsEntry("preferred_username", List.of("shop-viewer"));
        assertThat(claims.get("roles")).contains("viewer").doesNotContain("admin", "owner", "security");
    }

    private static Connection open(DatabaseAccess access) throws SQLException {
        return DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
    }

    private static String one(Statement statement, String query) throws SQLException {
        try (ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return answer.getString(1);
        }
    }

    /** A token's claims, each as a list of texts. */
    private static Map<String, List<String>> claims(String token) throws Exception {
        String json = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        Map<String, List<String>> claims = new HashMap<>();
        String name = "";
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    name = parser.currentName();
                } else if (parser.currentToken().isScalarValue()) {
                    claims.computeIfAbsent(name, key -> new ArrayList<>()).add(parser.getText());
                }
            }
        }
        return claims;
    }
}
