package io.plimsoll.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong in the input is said with file, line and field, and the rest is analysed. */
class BadNetworkInputTest {

    private static final String PODS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {containers: [{name: main}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, namespace: shop, labels: {app: db}}
            spec: {containers: [{name: main, ports: [{name: sql, containerPort: 5432}]}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: watch, namespace: ops, labels: {app: watch}}
            spec: {containers: [{name: main}]}
            """;

    @TempDir
    Path folder;

    private final PrintStream terminal = System.out;
    private final PrintStream complaints = System.err;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @BeforeEach
    void aTerminal() {
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void theTerminalAsItWas() {
        System.setOut(terminal);
        System.setErr(complaints);
    }

    private String run(int code, String command, String policies, String... more) throws IOException {
        Path in = Files.writeString(folder.resolve("in.yaml"), PODS + policies);
        shown.reset();
        said.reset();
        String[] args = Stream.concat(Stream.of(command, in.toString()), Stream.of(more))
                .toArray(String[]::new);
        assertThat(Plimsoll.run(args)).isEqualTo(code);
        return shown.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /** A policy for db whose first rule is the given one, on line 22, and whose second allows port 81 from everybody. */
    private static String policy(String rule) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: p, namespace: shop}
                spec:
                  podSelector: {matchLabels: {app: db}}
                  ingress:
                  - %s
                  - ports: [{port: 81}]
                """.formatted(rule);
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatIsWrongAndWhereAndGoesOn(String rule, String path, String message) throws IOException {
        // When
        String listed = run(ExitCode.DONE, "connections", policy(rule));
        // Then
        assertThat(said())
                .contains("in.yaml:22: shop/NetworkPolicy/p spec.ingress[0]." + path + ": ")
                .contains(message);
        assertThat(listed).contains("shop/web[Pod],shop/db[Pod],TCP 81\n").contains("ops/watch[Pod],shop/web[Pod],All");
        run(ExitCode.NOTHING_USABLE, "connections", policy(rule), "--strict");
    }

    static Stream<Arguments> saysWhatIsWrongAndWhereAndGoesOn() {
        return Stream.of(
                argumentSet(
                        "bad CIDR",
                        "from: [{ipBlock: {cidr: 10.0.0.0/40}}]",
                        "from[0].ipBlock.cidr",
                        "\"10.0.0.0/40\" is not a CIDR"),
                argumentSet("endPort < port", "ports: [{port: 90, endPort: 80}]", "ports[0].endPort", "endPort"),
                argumentSet(
                        "unknown operator",
                        "from: [{podSelector: {matchExpressions: [{key: app, operator: Like, values: [web]}]}}]",
                        "from[0].podSelector.matchExpressions[0].operator",
                        "Like"));
    }

    @Test
    void tellsAnEmptySelectorFromAMissingOne() throws IOException {
        // Network policies, NetworkPolicyPeer: "If present but empty, it selects all namespaces"; without it "the
        // policy's own namespace".
        assertThat(run(ExitCode.DONE, "connections", policy("from: [{podSelector: {}, namespaceSelector: {}}]")))
                .contains("ops/watch[Pod],shop/db[Pod],All Connections");
        assertThat(run(ExitCode.DONE, "connections", policy("from: [{podSelector: {}}]")))
                .contains("ops/watch[Pod],shop/db[Pod],TCP 81")
                .contains("shop/web[Pod],shop/db[Pod],All Connections");
    }

    @Test
    void reads10000Peers() throws IOException {
        // Given
        String peers = IntStream.range(0, 10_000)
                .mapToObj(i -> i % 2 == 0
                        ? "{podSelector: {matchLabels: {app: a" + i + "}}}"
                        : "{ipBlock: {cidr: 10." + i / 256 % 256 + "." + i % 256 + ".0/24}}")
                .collect(Collectors.joining(", "));
        // When
        String listed = run(ExitCode.DONE, "connections", policy("from: [" + peers + ", {podSelector: {}}]"));
        // Then
        assertThat(listed)
                .contains("shop/web[Pod],shop/db[Pod],All Connections")
                .contains("10.0.1.0-10.0.1.255[External],shop/db[Pod],All Connections")
                .contains("10.0.2.0-10.0.2.255[External],shop/db[Pod],TCP 81");
    }

    @Test
    void reads10000Excepts() throws IOException {
        // Given
        String excepts = IntStream.range(0, 10_000)
                .mapToObj(i -> (11 + i / 5000) + "." + i % 5000 / 25 + "." + i % 25 * 2 + ".0/24")
                .collect(Collectors.joining(", "));
        // When
        String listed = run(
                ExitCode.DONE,
                "connections",
                policy("from: [{ipBlock: {cidr: 0.0.0.0/0, except: [" + excepts + "]}}]"));
        // Then
        assertThat(listed)
                .contains("11.0.0.0-11.0.0.255[External],shop/db[Pod],TCP 81\n")
                .contains("11.0.1.0-11.0.1.255[External],shop/db[Pod],All Connections\n");
        assertThat(listed.lines().filter(line -> line.endsWith("[External],shop/db[Pod],TCP 81")))
                .hasSize(10_000);
    }

    @Test
    void saysThatTheOrderOfEqualPrioritiesIsNotDefined() throws IOException {
        // Given
        String clash = Stream.of("Accept", "Deny").map("""
                ---
                apiVersion: policy.networking.k8s.io/v1alpha2
                kind: ClusterNetworkPolicy
                metadata: {name: %1$s}
                spec:
                  tier: Admin
                  priority: 7
                  subject: {namespaces: {}}
                  ingress: [{action: %1$s, from: [{namespaces: {}}]}]
                """::formatted).collect(Collectors.joining());
        // When
        String probed = run(ExitCode.DONE, "probe", clash, "--from", "shop/web", "--to", "shop/db", "--port", "80");
        // Then
        assertThat(probed).startsWith("unknown\n");
        assertThat(said())
                .contains("in.yaml:16: ClusterNetworkPolicy/Accept spec.priority: ")
                .contains("which of the two is asked first is not defined");
    }

    @Test
    void allowsNothingByANamedPortThatNobodyHas() throws IOException {
        assertThat(run(ExitCode.DONE, "connections", policy("ports: [{port: metrics}]")))
                .contains("shop/web[Pod],shop/db[Pod],TCP 81\n");
        assertThat(run(ExitCode.DONE, "policies", policy("ports: [{port: metrics}]")))
                .contains(
                        "unreachable: shop/NetworkPolicy/p spec.ingress[0]: it asks for ports by names that no pod has")
                .contains("in.yaml:22]");
    }
}
