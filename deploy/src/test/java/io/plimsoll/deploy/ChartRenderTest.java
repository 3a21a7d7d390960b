package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chart for a matrix of values: linted, rendered, the same each time, names that are unique, and contradictions refused in one line. */
class ChartRenderTest {

    private static final List<String> SERVICES =
            List.of("gateway", "inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring");

    /** Switches that are turned one way and the other, in all combinations. */
    private static final List<Map<String, Object>> SWITCHES = List.of(
            Map.of("namespace.create", true),
            Map.of("networkPolicies.enabled", false),
            Map.of("services.config-audit.autoscaling.enabled", true),
            Map.of("tracing.endpoint", "http://collector:4317", "tracing.peers[0].ipBlock.cidr", "10.0.0.1/32"),
            Map.of(
                    "monitoring.serviceMonitors.enabled",
                    true,
                    "customResources",
                    "assume",
                    "monitoring.from[0].ipBlock.cidr",
                    "10.0.0.2/32"),
            Map.of("defaults.replicas", 1));

    static Stream<Map<String, Object>> matrix() {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int bits = 0; bits < 1 << SWITCHES.size(); bits++) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int each = 0; each < SWITCHES.size(); each++) {
                if ((bits & 1 << each) != 0) {
                    row.putAll(SWITCHES.get(each));
                }
            }
            rows.add(row);
        }
        return rows.stream();
    }

    static Stream<Chart> charts() {
        return Stream.of(Chart.PLIMSOLL, Chart.SENSOR);
    }

    @ParameterizedTest
    @MethodSource("charts")
    void isLintedWithoutAWarning(Chart chart) {
        var lint = chart.lint();
        assertThat(lint.isFailed()).as(String.join("\n", lint.getMessages())).isFalse();
        assertThat(lint.getMessages()).noneMatch(line -> line.contains("[WARNING]") || line.contains("[ERROR]"));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void rendersWholeAndTheSameTwice(Map<String, Object> values) {
        // When
        String rendered = Chart.PLIMSOLL.render("smallest", values);
        // Then
        assertThat(Chart.PLIMSOLL.render("smallest", values)).isEqualTo(rendered);
        List<Map<String, Object>> objects = Chart.objects(rendered);
        Set<String> seen = new HashSet<>();
        for (Map<String, Object> each : objects) {
            assertThat(Tree.text(each, "metadata", "namespace"))
                    .isEqualTo(Tree.text(each, "kind").equals("Namespace") ? "null" : "plimsoll");
            assertThat(seen.add(Tree.text(each, "kind") + "/" + Tree.text(each, "metadata", "name")))
                    .as("declared once: %s", each)
                    .isTrue();
        }
        assertThat(objects.stream()
                        .filter(each -> Tree.text(each, "kind").equals("Deployment"))
                        .map(each -> Tree.text(each, "metadata", "name")))
                .containsExactlyInAnyOrderElementsOf(
                        SERVICES.stream().map(name -> "plimsoll-" + name).toList());
        assertThat(count(objects, "NetworkPolicy"))
                .isEqualTo(values.containsKey("networkPolicies.enabled") ? 0 : SERVICES.size() + 1);
        assertThat(count(objects, "ServiceMonitor"))
                .isEqualTo(values.containsKey("monitoring.serviceMonitors.enabled") ? SERVICES.size() : 0);
        assertThat(count(objects, "Secret")).as("nothing secret is rendered").isZero();
        assertThat(objects.stream()
                        .filter(each -> Tree.text(each, "metadata", "name").equals("plimsoll-config-audit"))
                        .filter(each -> Tree.text(each, "kind").equals("Deployment"))
                        .map(each -> Tree.at(each, "spec", "replicas") == null))
                .as("whoever scales sets the number of replicas, nobody else")
                .containsExactly(values.containsKey("services.config-audit.autoscaling.enabled"));
    }

    @ParameterizedTest
    @MethodSource("io.plimsoll.deploy.Chart#everyValuesFile")
    void rendersAsReviewed(Chart.Values values) {
        String rendered = values.render();
        assertThat(values.render()).as("the same twice").isEqualTo(rendered);
        Golden.matches(Fixtures.repository().resolve("deploy/src/test/resources/chart/" + values + ".yaml"), rendered);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                refusal(Map.of("kafka.bootstrapServers", ""), "no Kafka at all"),
                refusal(Map.of("database.host", ""), "no PostgreSQL at all"),
                refusal(Map.of("image.registry", ""), "image.registry is not set"),
                refusal(Map.of("identity.issuer", ""), "no issuer"),
                refusal(
                        Map.of("identity.keycloak.url", "https://other.example.org", "identity.keycloak.realm", "p"),
                        "two issuers: identity.issuer (https://login.example.org/realms/plimsoll) and identity.keycloak"
                                + " (https://other.example.org, realm p)"),
                refusal(Map.of("secrets.database", "one-for-all"), "each service has a role of its own"),
                refusal(Map.of("secrets.client", "one-for-all"), "each service has a client of its own"),
                refusal(Map.of("services.config-audit.replicas", 13), "13 replicas share 12 partitions"),
                refusal(
                        Map.of(
                                "services.image-scan.autoscaling.enabled",
                                true,
                                "services.image-scan.autoscaling.maxReplicas",
                                1),
                        "maxReplicas (1) is below minReplicas (2)"),
                refusal(Map.of("services.gateway.autoscaling.enabled", true), "it reads no log"),
                refusal(Map.of("gateway.ingress.enabled", true), "needs host and tlsSecret"),
                refusal(Map.of("gateway.certificate.enabled", true), "nothing would use the certificate"),
                refusal(Map.of("monitoring.serviceMonitors.enabled", true), "would refuse every scrape"),
                refusal(Map.of("tracing.endpoint", "http://collector:4317"), "would refuse every trace"),
                refusal(
                        Map.of(
                                "monitoring.serviceMonitors.enabled",
                                true,
                                "monitoring.from[0].ipBlock.cidr",
                                "10.0.0.2/32"),
                        "this cluster does not know monitoring.coreos.com/v1"),
                refusal(Map.of("sensors.enabled", true), "sensors needs tlsSecret"),
                refusal(Map.of("sensors.enabled", true, "sensors.tlsSecret", "t"), "would refuse every sensor"),
                refusal(Map.of("sensors.certificate.enabled", true), "nothing would use the certificate"),
                refusal(Map.of("kafka.strimziTopics.enabled", true), "needs cluster"));
    }

    private static Arguments refusal(Map<String, Object> values, String reason) {
        return Arguments.of(values, reason);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesContradictionsInOneLine(Map<String, Object> values, String reason) {
        assertThatThrownBy(() -> Chart.PLIMSOLL.render("smallest", values))
                .satisfies(
                        fault -> assertThat(String.valueOf(fault.getMessage()).lines())
                                .as(fault.getMessage())
                                .filteredOn(line -> line.contains("plimsoll: ") && line.contains(reason))
                                .hasSize(1));
    }

    static Stream<Arguments> outsideOfTheSchema() {
        return Stream.of(
                refusal(Map.of("kafka.bootstrap", "kafka:9092"), "bootstrap"),
                refusal(Map.of("kafka.bootstrapServers", "kafka"), "bootstrapServers"),
                refusal(Map.of("kafka.partitions", 0), "partitions"),
                refusal(Map.of("services.config-audit.replicas", "many"), "replicas"),
                refusal(Map.of("services.console.replicas", 1), "console"),
                refusal(Map.of("services.gateway.digest", "sha256:abc"), "digest"),
                refusal(Map.of("image.tag", "latest"), "tag"),
                refusal(Map.of("identity.issuer", "login.example.org"), "issuer"),
                refusal(Map.of("logLevel", "LOUD"), "logLevel"));
    }

    @ParameterizedTest
    @MethodSource("outsideOfTheSchema")
    void refusesWhatTheSchemaDoesNotKnow(Map<String, Object> values, String named) {
        assertThatThrownBy(() -> Chart.PLIMSOLL.render("smallest", values))
                .hasMessageContaining("schema")
                .hasMessageContaining(named);
    }

    @Test
    void theTopicsAreThoseOfTheContract() throws IOException {
        Path contract = Fixtures.repository().resolve("api-specs/topics.yaml");
        var said = Chart.objects(Files.readString(contract)).getFirst();
        var rendered = Chart.objects(Chart.PLIMSOLL.render("everything", Map.of())).stream()
                .filter(each -> Tree.text(each, "kind").equals("KafkaTopic"))
                .map(each -> Tree.text(each, "metadata", "name") + " " + Tree.text(each, "spec", "partitions"));
        assertThat(rendered)
                .containsExactlyElementsOf(Tree.list(said, "topics").stream()
                        .map(topic -> Tree.text(topic, "name") + " "
                                + (Tree.text(topic, "partitions").equals("cluster")
                                        ? "24"
                                        : Tree.text(topic, "partitions")))
                        .toList());
    }

    private static long count(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(each -> Tree.text(each, "kind").equals(kind))
                .count();
    }
}
