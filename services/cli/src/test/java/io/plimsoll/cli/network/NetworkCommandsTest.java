package io.plimsoll.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCommandsTest {

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
            """;

    private static final String POLICY = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: db, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: db}}
              ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}]
            """;

    @TempDir
    Path folder;

    private final PrintStream terminal = System.out;
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private Path open;
    private Path closed;

    @BeforeEach
    void twoStatesAndATerminal() throws IOException {
        open = Files.writeString(folder.resolve("open.yaml"), PODS);
        closed = Files.writeString(folder.resolve("closed.yaml"), PODS + POLICY);
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void theTerminalAsItWas() {
        System.setOut(terminal);
    }

    private String run(int code, Object... args) {
        String[] texts = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            texts[i] = args[i].toString();
        }
        shown.reset();
        assertThat(Plimsoll.run(texts)).isEqualTo(code);
        return shown.toString(StandardCharsets.UTF_8);
    }

    @Test
    void suggestsPoliciesThatHold() throws IOException {
        // Given
        Path shop = Files.writeString(
                folder.resolve("shop.yaml"),
                PODS.replace("{containers: [{name: main}]}", "{containers: [{name: main, args: ['db:5432']}]}") + """
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata: {name: db, namespace: shop}
                        spec: {selector: {app: db}, ports: [{port: 5432}]}
                        """);
        Path policies = folder.resolve("policies.yaml");
        // When
        int code = Plimsoll.run("suggest", shop.toString(), "-o", policies.toString());
        int listed = Plimsoll.run("connections", shop.toString(), "--with", policies.toString(), "--format", "csv");
        // Then
        assertThat(code).isZero();
        assertThat(listed).isZero();
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("""
                src,dst,conn
                shop/web[Pod],shop/db[Pod],TCP 5432
                """);
    }

    @Test
    void whatWasSeenIsAllowedBesidesWhatIsDeclared() throws IOException {
        // Given
        Path pods = Files.writeString(folder.resolve("pods.yaml"), PODS);
        Path policies = folder.resolve("policies.yaml");
        Path lines = Files.writeString(folder.resolve("seen.csv"), """
                src,dst,conn
                shop/web[Pod],shop/db[Pod],"TCP 5432,6000-6001"
                shop/web[Pod],0.0.0.0-255.255.255.255[External],TCP 443
                shop/gone[Pod],shop/db[Pod],TCP 1
                no line at all
                """);
        Path flows = Files.writeString(folder.resolve("flows.json"), """
                {"flow":{"verdict":"FORWARDED","l4":{"UDP":{"source_port":4000,"destination_port":53}},"source":{"namespace":"shop","pod_name":"db"},"destination":{"namespace":"shop","pod_name":"web"}}}
                {"flow":{"verdict":"FORWARDED","is_reply":true,"l4":{"TCP":{"destination_port":7}},"source":{"namespace":"shop","pod_name":"db"},"destination":{"namespace":"shop","pod_name":"web"}}}
                {"flow":{"verdict":"DROPPED","l4":{"TCP":{"destination_port":8}},"source":{"namespace":"shop","pod_name":"db"},"destination":{"namespace":"shop","pod_name":"web"}}}
                {"flow":{"verdict":"FORWARDED","l4":{"TCP":{"destination_port":9}},"source":{"identity":2,"labels":["reserved:world"]},"destination":{"namespace":"shop","pod_name":"web"}}}
                """);
        // When
        run(ExitCode.DONE, "suggest", pods, "--flows", lines, "-o", policies);
        String ofLines = run(ExitCode.DONE, "connections", pods, "--with", policies, "--format", "csv");
        run(ExitCode.DONE, "suggest", pods, "--flows", flows, "-o", policies);
        String ofFlows = run(ExitCode.DONE, "connections", pods, "--with", policies, "--format", "csv");
        // Then
        assertThat(ofLines)
                .contains("shop/web[Pod],shop/db[Pod],\"TCP 5432,6000-6001\"\n")
                .contains("shop/web[Pod],0.0.0.0-255.255.255.255[External],TCP 443\n")
                .doesNotContain("shop/db[Pod],shop/web[Pod]");
        assertThat(ofFlows)
                .contains("shop/db[Pod],shop/web[Pod],UDP 53\n")
                .contains("0.0.0.0-255.255.255.255[External],shop/web[Pod],TCP 9\n")
                .doesNotContain("TCP 7")
                .doesNotContain("TCP 8");
        run(ExitCode.USAGE, "suggest", pods, "--flows", "nowhere.csv");
    }

    @Test
    void laysAnOverlayOverTheInput() throws IOException {
        // Given
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        // When
        Plimsoll.run(
                "connections", open.toString(), "--with", policy.toString(), "--focus", "db", "--direction", "ingress");
        // Then
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("""
                src,dst,conn
                shop/web[Pod],shop/db[Pod],TCP 5432
                """);
    }

    @Test
    void listsConnectionsAsThePeerDoes() {
        assertThat(run(ExitCode.DONE, "connections", closed))
                .startsWith("src,dst,conn\n")
                .contains("shop/web[Pod],shop/db[Pod],TCP 5432\n")
                .doesNotContain("[External],shop/db[Pod]");
    }

    @Test
    void keepsToTheFocus() {
        assertThat(run(ExitCode.DONE, "connections", closed, "--focus", "db", "--direction", "ingress"))
                .isEqualTo("src,dst,conn\nshop/web[Pod],shop/db[Pod],TCP 5432\n");
        assertThat(run(ExitCode.DONE, "connections", closed, "--focus", "shop/db", "--port", "tcp-80"))
                .doesNotContain("shop/web[Pod],shop/db[Pod]");
    }

    @Test
    void explainsWithPolicyAndRule() {
        assertThat(run(ExitCode.DONE, "connections", closed, "--explain", "--focus", "db"))
                .contains("NetworkPolicy 'shop/db' allows connections by Ingress rule #1")
                .contains("the protocols and ports do not match");
    }

    @Test
    void saysToWhomWorkloadsAreExposed() {
        assertThat(run(ExitCode.DONE, "connections", closed, "--exposure"))
                .contains("shop/web[Pod] \t<= \tentire-cluster : All Connections")
                .contains("shop/web[Pod] is not protected on Ingress")
                .doesNotContain("shop/db[Pod] is not protected on Ingress");
    }

    @Test
    void countsInASummary() {
        assertThat(run(ExitCode.DONE, "connections", closed, "--summary"))
                .contains("pods: 2\n")
                .contains("pods_netpol_ingress: 1\n")
                .contains("pairs_allowed_low: 2\n")
                .doesNotContain("=>");
    }

    @Test
    void writesJsonAndDot() {
        assertThat(run(ExitCode.DONE, "connections", closed, "--format", "json"))
                .contains("\"schema\" : \"plimsoll.connections/v1\"")
                .contains("\"complete\" : true");
        assertThat(run(ExitCode.DONE, "connections", closed, "--format", "dot"))
                .contains("\"shop/web[Pod]\" -> \"shop/db[Pod]\" [label=\"TCP 5432\"]");
    }

    @Test
    void saysWhatChanged() {
        assertThat(run(ExitCode.DONE, "diff", open, closed, "--format", "csv"))
                .contains("changed,shop/web[Pod],shop/db[Pod],All Connections,TCP 5432,")
                .contains("removed,0.0.0.0-255.255.255.255[External],shop/db[Pod],All Connections,No Connections,");
        assertThat(run(ExitCode.DONE, "diff", open, open)).isEqualTo("Connectivity diff:\n");
    }

    @Test
    void answersAProbe() {
        assertThat(run(ExitCode.DONE, "probe", closed, "--from", "shop/web", "--to", "shop/db", "--port", 5432))
                .startsWith("allow\n")
                .contains("NetworkPolicy 'shop/db' allows connections by Ingress rule #1");
        assertThat(run(ExitCode.DONE, "probe", closed, "--from", "shop/web", "--to", "shop/db", "--port", 80))
                .startsWith("deny\n");
        assertThat(run(ExitCode.DONE, "probe", closed, "--from", "10.0.0.0/8", "--to", "shop/db", "--port", 5432))
                .startsWith("deny\n");
    }

    @Test
    void answersAProbeOfEveryForm() throws IOException {
        Path six = Files.writeString(folder.resolve("six.yaml"), PODS + """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: shop}
                spec:
                  podSelector: {matchLabels: {app: web}}
                  policyTypes: [Egress]
                  egress: [{to: [{ipBlock: {cidr: "2001:db8::/32", except: ["2001:db8:1::/48"]}}], ports: [{port: 443}]}]
                """);
        assertThat(probe(six, "shop/web", "2001:db8::1")).startsWith("allow\n");
        assertThat(probe(six, "shop/web", "[2001:db8::1]")).startsWith("allow\n");
        assertThat(probe(six, "shop/web", "2001:db8:1::/48")).startsWith("deny\n");
        assertThat(probe(six, "shop/web", "2001:db8::/32")).startsWith("unknown\n");
        assertThat(probe(six, "2001:db8::/32", "shop/db")).startsWith("allow\n");
        assertThat(probe(six, "shop/web[Pod]", "shop/db[Pod]")).startsWith("deny\n");
        assertThat(probe(six, "shop/db-0", "shop/web")).startsWith("allow\n");
        for (String bad : new String[] {"10.0.0.0/99", "fe80::/200", "[fe80]", "shop/web[Deployment]"}) {
            run(ExitCode.USAGE, "probe", six, "--from", "shop/web", "--to", bad, "--port", 443);
        }
        run(ExitCode.USAGE, "probe", six, "--from", "shop/web", "--to", "shop/db", "--port", 443, "--protocol", "ICMP");
    }

    private String probe(Path input, String from, String to) {
        return run(ExitCode.DONE, "probe", input, "--from", from, "--to", to, "--port", 443);
    }

    @Test
    void whatOneStateAloneShowsIsNoDifference() throws IOException {
        // Only the second state has a policy that speaks of IPv6.
        Path six = Files.writeString(folder.resolve("six.yaml"), PODS + """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: shop}
                spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: "2001:db8::/32"}}]}]}
                """);
        assertThat(run(ExitCode.DONE, "diff", open, six, "--format", "csv"))
                .contains("removed,shop/web[Pod],0.0.0.0-255.255.255.255[External],All Connections,No Connections,")
                .contains("removed,shop/web[Pod],::-2001:db7:")
                .doesNotContain("added,");
    }

    @Test
    void saysUnknownWhereADialectIsNotAnalysed() throws IOException {
        Path cilium = Files.writeString(folder.resolve("cilium.yaml"), PODS + """
                ---
                apiVersion: cilium.io/v2
                kind: CiliumNetworkPolicy
                metadata: {name: c, namespace: shop}
                spec: {endpointSelector: {matchLabels: {app: db}}, ingress: [{fromNodes: [{}]}]}
                """);
        assertThat(run(ExitCode.DONE, "probe", cilium, "--from", "shop/web", "--to", "shop/db", "--port", 5432))
                .startsWith("unknown\n")
                .contains("CiliumNetworkPolicy 'shop/c' could change this and is not analysed");
        assertThat(run(ExitCode.DONE, "probe", cilium, "--from", "shop/db", "--to", "shop/web", "--port", 80))
                .startsWith("allow\n");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() throws IOException {
        run(ExitCode.USAGE, "probe", closed, "--from", "shop/nobody", "--to", "shop/db", "--port", 80);
        run(ExitCode.USAGE, "probe", closed, "--from", "shop/web", "--to", "shop/db", "--port", 0);
        run(ExitCode.USAGE, "connections", folder.resolve("missing"));
        run(ExitCode.NOTHING_USABLE, "connections", Files.createDirectory(folder.resolve("empty")));
    }

    @Test
    void namesPoliciesAndRulesThatDecideNothing() throws IOException {
        // Given
        Path more = Files.writeString(folder.resolve("more.yaml"), """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: gone, namespace: shop}
                spec: {podSelector: {matchLabels: {app: gone}}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: old, namespace: shop}
                spec:
                  podSelector: {matchLabels: {app: db}}
                  ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: 5432}]}]
                """);
        // When
        String shown = run(ExitCode.DONE, "policies", closed, "--with", more);
        // Then
        assertThat(shown).isEqualTo("""
                unreachable: shop/NetworkPolicy/gone spec: it selects no pod of the input [%1$s:1]
                shadowed: shop/NetworkPolicy/old spec: every pod it isolates is isolated by shop/NetworkPolicy/db spec, \
                and no rule of it adds anything [%1$s:6]
                shadowed: shop/NetworkPolicy/old spec.ingress[0]: all it allows is decided by shop/NetworkPolicy/db \
                spec.ingress[0] [%1$s:11]
                3 policies; 1 unreachable, 2 shadowed, 0 inert
                """.formatted(more));
        assertThat(run(ExitCode.DONE, "policies", closed, "--with", more, "--fail-on", "inert", "--format", "json"))
                .contains("\"schema\" : \"plimsoll.policies/v1\"")
                .contains("\"kind\" : \"SELECTS_NOBODY\"")
                .contains("\"path\" : \"spec.ingress[0]\"");
        run(ExitCode.GATE_NOT_MET, "policies", closed, "--with", more, "--fail-on", "shadowed");
        run(ExitCode.USAGE, "policies", closed, "--fail-on", "everything");
    }

    @Test
    void countsHowFarTroubleSpreads() {
        assertThat(run(ExitCode.DONE, "blast-radius", closed, "--of", "web")).isEqualTo("""
                workload: reached in one hop, in any number
                shop/web[Pod]: 1, 1

                reached from shop/web[Pod]:
                  1 shop/web[Pod] -> shop/db[Pod]
                """);
        assertThat(run(ExitCode.DONE, "blast-radius", closed, "--not-through", "shop/", "--format", "json"))
                .contains("\"schema\" : \"plimsoll.blast-radius/v1\"")
                .contains("\"notThrough\" : [");
        run(ExitCode.USAGE, "blast-radius", closed, "--of", "nobody");
        run(ExitCode.USAGE, "blast-radius", closed, "--top", "0");
    }

    @Test
    void namesTheWayToWhatIsSensitiveAndCutsIt() throws IOException {
        // Given
        Path balancer = Files.writeString(folder.resolve("balancer.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}
                """);
        Path cut = folder.resolve("cut.yaml");
        // When
        String paths = run(ExitCode.DONE, "paths", closed, "--with", balancer, "--sensitive", "app=db", "--cut");
        run(
                ExitCode.DONE,
                "paths",
                closed,
                "--with",
                balancer,
                "--sensitive",
                "shop/db",
                "--format",
                "yaml",
                "-o",
                cut);
        // Then
        assertThat(paths)
                .contains("1 sensitive workload(s), 1 way(s) in from the Internet, 1 reached")
                .contains("  Internet -> shop/web[Pod] by shop/Service/web on TCP 80")
                .contains("  shop/web[Pod] -> shop/db[Pod] on TCP 5432, egress: no policy;"
                        + " ingress: NetworkPolicy 'shop/db' #1")
                .contains("# ends: shop/web[Pod] => shop/db[Pod] : TCP 5432");
        assertThat(run(ExitCode.DONE, "paths", closed, "--with", balancer, "--with", cut, "--sensitive", "shop/db"))
                .contains("1 way(s) in from the Internet, 0 reached");
    }

    @Test
    void saysNothingOfPathsWhereNothingIsSensitive() throws IOException {
        run(ExitCode.UNKNOWN, "paths", closed);
        Path facts = Files.writeString(folder.resolve("facts.yaml"), """
                format: plimsoll.declarations/v1
                applications:
                - {name: shop, cluster: cluster, namespace: shop, criticality: critical}
                """);
        assertThat(run(ExitCode.DONE, "paths", closed, "--facts", facts))
                .startsWith("2 sensitive workload(s), 0 way(s) in from the Internet, 0 reached\n");
    }

    @Test
    void saysWhatADifferenceComesFrom() throws IOException {
        // Given
        Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
        // When
        String shown = run(ExitCode.DONE, "diff", open, "--with", policy);
        // Then
        assertThat(shown).contains("""
                diff-type: changed, source: shop/web[Pod], destination: shop/db[Pod], dir1: All Connections, dir2: TCP 5432
                  because: shop/NetworkPolicy/db added [%s:2], alone
                """.formatted(policy));
        assertThat(run(ExitCode.DONE, "diff", open, closed, "--no-cause")).doesNotContain("because");
        assertThat(run(ExitCode.DONE, "diff", open, closed, "--format", "json"))
                .contains("\"schema\" : \"plimsoll.diff/v1\"")
                .contains("\"proof\" : \"ALONE\"");
        run(ExitCode.USAGE, "diff", open);
        run(ExitCode.USAGE, "diff", open, closed, "--with", policy);
    }
}
