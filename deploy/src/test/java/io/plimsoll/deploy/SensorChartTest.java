package io.plimsoll.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The sensor's chart: reads and nothing else, no Secret but its own, contradictions refused in one line. */
class SensorChartTest {

    private static final Set<String> READING = Set.of("get", "list", "watch");

    private static List<Map<String, Object>> objects(String values, Map<String, ?> set) {
        return Chart.objects(Chart.SENSOR.render(values, set));
    }

    private static Map<String, Object> one(List<Map<String, Object>> objects, String kind) {
        return objects.stream()
                .filter(each -> Tree.text(each, "kind").equals(kind))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind));
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    void mayReadAndNothingElse(String values) {
        List<?> rules = Tree.list(one(objects(values, Map.of()), "ClusterRole"), "rules");
        assertThat(rules).hasSizeGreaterThan(9);
        for (Object rule : rules) {
            assertThat(Tree.texts(rule, "verbs"))
                    .as(rule.toString())
                    .isNotEmpty()
                    .allMatch(READING::contains);
            assertThat(Tree.texts(rule, "apiGroups"))
                    .as("every group by its name")
                    .doesNotContain("*");
            assertThat(Tree.texts(rule, "resources"))
                    .noneMatch(each -> each.equals("secrets")
                            || each.equals("configmaps")
                            || each.contains("/")
                            || each.contains("*"));
        }
    }

    @Test
    void anAddOnIsLeftOutOrAddedByItsGroup() {
        // When
        List<?> rules = Tree.list(
                one(
                        objects(
                                "smallest",
                                Map.of(
                                        "rbac.addOns.constraints\\.gatekeeper\\.sh[0]",
                                        "k8srequiredlabels",
                                        "rbac.addOns.velero\\.io",
                                        "null")),
                        "ClusterRole"),
                "rules");
        // Then
        assertThat(rules)
                .anyMatch(rule -> Tree.texts(rule, "apiGroups").contains("constraints.gatekeeper.sh")
                        && Tree.texts(rule, "resources").equals(List.of("k8srequiredlabels")));
        assertThat(rules).noneMatch(rule -> Tree.texts(rule, "apiGroups").contains("velero.io"));
    }

    static Stream<String> valuesFiles() {
        return Chart.SENSOR.valuesFiles().stream();
    }

    @Test
    void withoutItsRightsNoneAreRendered() {
        assertThat(objects("smallest", Map.of("rbac.create", false)))
                .noneMatch(each -> Tree.text(each, "kind").startsWith("ClusterRole"));
    }

    @Test
    void joinsByOneLine() {
        // Given: all that somebody has to say
        Map<String, Object> said = Map.of("credential.secret", "", "credential.value", "issued-for-north");
        // When
        List<Map<String, Object>> objects = objects("smallest", said);
        // Then
        assertThat(Tree.text(one(objects, "Secret"), "stringData", "credential"))
                .isEqualTo("issued-for-north");
        Map<String, Object> deployment = one(objects, "Deployment");
        Object container =
                Tree.list(deployment, "spec", "template", "spec", "containers").getFirst();
        List<String> environment = Tree.list(container, "env").stream()
                .map(each -> Tree.text(each, "name") + "=" + Tree.text(each, "value"))
                .toList();
        assertThat(environment)
                .contains(
                        "PLIMSOLL_CLUSTER=north",
                        "PLIMSOLL_INVENTORY=sensors.plimsoll.example.org:443",
                        "PLIMSOLL_SENSOR_TLS=true",
                        "PLIMSOLL_SENSOR_CREDENTIAL_FILE=/credential/credential")
                .as("a secret is never a variable")
                .noneMatch(each -> each.contains("issued-for-north"));
        assertThat(Tree.text(deployment, "spec", "replicas")).isEqualTo("1");
        assertThat(Tree.text(deployment, "spec", "strategy", "type")).isEqualTo("Recreate");
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(Map.of("image.registry", ""), "image.registry is not set"),
                Arguments.of(Map.of("cluster", ""), "cluster is not set"),
                Arguments.of(Map.of("inventory.address", ""), "inventory.address is not set"),
                Arguments.of(Map.of("credential.secret", ""), "no credential"),
                Arguments.of(Map.of("credential.value", "x"), "two credentials: credential.secret (plimsoll-sensor)"),
                Arguments.of(
                        Map.of("inventory.tls", false, "inventory.authority.secret", "ca"),
                        "nothing would use the certificates"),
                Arguments.of(Map.of("monitoring.serviceMonitor.enabled", true), "would refuse every scrape"),
                Arguments.of(
                        Map.of(
                                "monitoring.serviceMonitor.enabled",
                                true,
                                "monitoring.from[0].ipBlock.cidr",
                                "10.0.0.2/32"),
                        "this cluster does not know monitoring.coreos.com/v1"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesContradictionsInOneLine(Map<String, Object> values, String reason) {
        assertThatThrownBy(() -> Chart.SENSOR.render("smallest", values))
                .hasMessageContaining("plimsoll-sensor: ")
                .hasMessageContaining(reason);
    }

    static Stream<Arguments> outsideOfTheSchema() {
        return Stream.of(
                Arguments.of(Map.of("clsuter", "north"), "clsuter"),
                Arguments.of(Map.of("cluster", "North"), "cluster"),
                Arguments.of(Map.of("inventory.address", "sensors.example.org"), "address"),
                Arguments.of(Map.of("image.digest", "sha256:abc"), "digest"),
                Arguments.of(Map.of("rbac.addOns.velero\\.io[0]", "*"), "addOns"),
                Arguments.of(Map.of("image.tag", "latest"), "tag"));
    }

    @ParameterizedTest
    @MethodSource("outsideOfTheSchema")
    void refusesWhatTheSchemaDoesNotKnow(Map<String, Object> values, String named) {
        assertThatThrownBy(() -> Chart.SENSOR.render("smallest", values))
                .hasMessageContaining("schema")
                .hasMessageContaining(named);
    }
}
