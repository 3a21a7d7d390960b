package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.ExplanationText;
import io.plimsoll.segmentation.topology.PeerUnit;
import org.junit.jupiter.api.Test;

/** Policies of an Istio mesh, each by the sentence of its reference that it comes from. */
class MeshTest {

    private static final PortSet TCP = PortSet.of(Protocol.TCP, 1, PortSet.PORT_MAX);
    private static final PortSet HTTP = PortSet.of(Protocol.TCP, 8080);

    private static final String PODS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {serviceAccountName: web, containers: [{name: main}, {name: istio-proxy}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: db, namespace: shop, labels: {app: db}}
            spec: {containers: [{name: main}, {name: istio-proxy}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: plain, namespace: shop, labels: {app: plain}}
            spec: {containers: [{name: main}]}
            status: {phase: Running}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: unsaid, namespace: shop, labels: {app: unsaid}}
            spec: {containers: [{name: main}]}
            """;

    private static String policy(String kind, String namespace, String spec) {
        return """
                ---
                apiVersion: security.istio.io/v1
                kind: %s
                metadata: {name: p, namespace: %s}
                spec: %s
                """.formatted(kind, namespace, spec);
    }

    private static Reachability with(String policies) {
        ClusterState state = Manifests.of(PODS + policies);
        return Reachability.of(state, PeerUnit.POD.of(state));
    }

    private static ResourceId pod(String name) {
        return new ResourceId("test", "", "Pod", "shop", name);
    }

    private static Connection between(String policies, String source, String destination) {
        return with(policies).between(pod(source), pod(destination));
    }

    /** "STRICT: connection is an mTLS tunnel (TLS with client cert must be presented)" (PeerAuthentication). */
    @Test
    void strictRefusesWhoHasNoProxy() {
        String strict = policy("PeerAuthentication", "shop", "{mtls: {mode: STRICT}}");
        assertThat(between(strict, "web", "db").ports().isAll()).isTrue();
        assertThat(between(strict, "plain", "db").ports()).isEqualTo(PortSet.ALL.minus(TCP));
        assertThat(between(strict, "plain", "db").uncertain().isEmpty()).isTrue();
        assertThat(between(strict, "unsaid", "db").uncertain()).isEqualTo(TCP);
        assertThat(between(strict, "web", "plain").ports().isAll()).isTrue();
    }

    /** "Port specific mutual TLS settings ... portLevelMtls" override the workload's mode (PeerAuthentication). */
    @Test
    void onePortCanBeLeftOpen() {
        String strict = policy(
                "PeerAuthentication",
                "shop",
                "{selector: {matchLabels: {app: db}}, mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}}");
        assertThat(between(strict, "plain", "db").ports())
                .isEqualTo(PortSet.ALL.minus(TCP).union(HTTP));
    }

    /** "If there are any ALLOW policies ... and none match, deny the request" (AuthorizationPolicy). */
    @Test
    void anAllowLeavesOthersOut() {
        String allow = policy(
                "AuthorizationPolicy",
                "shop",
                "{selector: {matchLabels: {app: db}}, rules: [{from: [{source: {principals: [cluster.local/ns/shop/sa/web]}}],"
                        + " to: [{operation: {ports: ['8080']}}]}]}");
        assertThat(between(allow, "web", "db").ports().intersect(TCP)).isEqualTo(HTTP);
        assertThat(between(allow, "plain", "db").ports().intersect(TCP).isEmpty())
                .isTrue();
        assertThat(between(allow, "plain", "web").ports().isAll()).isTrue();
    }

    /** "methods: optional. A list of methods as specified in the HTTP request" (AuthorizationPolicy, Operation). */
    @Test
    void whatDependsOnRequestsIsUnknown() {
        String allow = policy(
                "AuthorizationPolicy",
                "shop",
                "{selector: {matchLabels: {app: db}}, rules: [{to: [{operation: {ports: ['8080'], methods: [GET]}}]}]}");
        assertThat(between(allow, "web", "db").uncertain()).isEqualTo(HTTP);
        assertThat(ExplanationText.lines(with(allow).explain(pod("web"), pod("db"))))
                .anyMatch(line -> line.contains("allows some requests and not others by Ingress rule #1"));
    }

    /** "To reject plain text requests" deny {@code notPrincipals: ["*"]} (Security, dependency on mutual TLS). */
    @Test
    void aNegationMeansWhoHasNoIdentity() {
        String deny = policy(
                "AuthorizationPolicy", "shop", "{action: DENY, rules: [{from: [{source: {notPrincipals: ['*']}}]}]}");
        assertThat(between(deny, "web", "db").ports().isAll()).isTrue();
        assertThat(between(deny, "plain", "db").ports().intersect(TCP).isEmpty())
                .isTrue();
    }

    /** "If any of the CUSTOM policies evaluated by the external authorizer deny, deny the request" (AuthorizationPolicy). */
    @Test
    void somebodyElseMayDeny() {
        String custom = policy("AuthorizationPolicy", "shop", "{action: CUSTOM, provider: {name: x}, rules: [{}]}");
        assertThat(between(custom, "web", "db").uncertain()).isEqualTo(TCP);
    }

    /** "If set to root namespace, the policy applies to all namespaces in a mesh" (AuthorizationPolicy). */
    @Test
    void theRootNamespaceIsNamedByTheMesh() {
        String root = """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data: {mesh: "rootNamespace: mesh-root\\n"}
                """;
        assertThat(between(root + policy("AuthorizationPolicy", "mesh-root", "{}"), "web", "db")
                        .ports()
                        .intersect(TCP)
                        .isEmpty())
                .isTrue();
        assertThat(between(root + policy("AuthorizationPolicy", "istio-system", "{}"), "web", "db")
                        .ports()
                        .isAll())
                .isTrue();
    }
}
