package io.plimsoll.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Connection;
import org.junit.jupiter.api.Test;

/** Dialects whose subjects are known and whose rules are not: unknown where they could change a verdict, and only there. */
class DialectsTest {

    private static final PortSet TCP = PortSet.of(Protocol.TCP, 1, PortSet.PORT_MAX);

    private static String policy(String versionAndKind, String namespace, String spec) {
        return """
                ---
                apiVersion: %s
                kind: %s
                metadata: {name: p, namespace: %s}
                spec: %s
                """.formatted(versionAndKind.split(" ")[0], versionAndKind.split(" ")[1], namespace, spec);
    }

    private static Connection between(Town town, String source, String destination) {
        return town.reachability().between(pod(source), pod(destination));
    }

    private static ResourceId pod(String name) {
        return new ResourceId("test", "", "Pod", name.split("/")[0], name.split("/")[1]);
    }

    @Test
    void ciliumLeavesOthersAlone() {
        Town town = new Town(policy(
                "cilium.io/v2 CiliumNetworkPolicy",
                "shop",
                "{endpointSelector: {matchLabels: {'k8s:app': db}}, ingress: [{fromGroups: [{}]}]}"));
        assertThat(between(town, "shop/web", "shop/db").uncertain().isAll()).isTrue();
        assertThat(between(town, "shop/db", "shop/web").ports().isAll()).isTrue();
    }

    @Test
    void ciliumClusterwideSpeaksOfNamespacesByName() {
        Town town = new Town("""
                ---
                apiVersion: cilium.io/v2
                kind: CiliumClusterwideNetworkPolicy
                metadata: {name: p}
                specs:
                - {endpointSelector: {matchLabels: {'k8s:io.kubernetes.pod.namespace': ops}}, egressDeny: [{}]}
                """);
        assertThat(between(town, "ops/watch", "shop/db").uncertain().isAll()).isTrue();
        assertThat(between(town, "shop/db", "ops/watch").ports().isAll()).isTrue();
    }

    @Test
    void calicoSelectorsAreReadWhereTheyArePlain() {
        Town town = new Town(policy(
                "projectcalico.org/v3 NetworkPolicy",
                "shop",
                "{selector: \"app == 'db' && !has(tier)\", types: [Ingress]}"));
        assertThat(between(town, "shop/web", "shop/db").uncertain().isAll()).isTrue();
        assertThat(between(town, "shop/db", "shop/web").ports().isAll()).isTrue();
    }

    @Test
    void aCalicoSelectorThatIsNotReadMayMeanAnybodyOfItsNamespace() {
        Town town = new Town(
                policy("projectcalico.org/v3 NetworkPolicy", "shop", "{selector: \"app == 'db' || app == 'x'\"}"));
        assertThat(between(town, "shop/db", "shop/web").uncertain().isAll()).isTrue();
        assertThat(between(town, "ops/watch", "ops/watch").ports().isAll()).isTrue();
    }

    @Test
    void aMeshOnlyTakesAway() {
        Town town = new Town(
                Town.policy("deny", "podSelector: {matchLabels: {app: db}}", "policyTypes: [Ingress]"),
                policy("security.istio.io/v1 AuthorizationPolicy", "shop", "{}"));
        assertThat(between(town, "ops/watch", "shop/web").uncertain()).isEqualTo(TCP);
        assertThat(between(town, "ops/watch", "shop/web").ports()).isEqualTo(PortSet.ALL.minus(TCP));
        assertThat(between(town, "shop/web", "shop/db").uncertain().isEmpty()).isTrue();
        assertThat(between(town, "shop/web", "ops/watch").ports().isAll()).isTrue();
    }

    @Test
    void strictPeersOfTheRootNamespaceConcernTheWholeMesh() {
        Town strict =
                new Town(policy("security.istio.io/v1 PeerAuthentication", "istio-system", "{mtls: {mode: STRICT}}"));
        Town permissive = new Town(
                policy("security.istio.io/v1 PeerAuthentication", "istio-system", "{mtls: {mode: PERMISSIVE}}"));
        assertThat(between(strict, "shop/web", "shop/db").uncertain()).isEqualTo(TCP);
        assertThat(between(permissive, "shop/web", "shop/db").ports().isAll()).isTrue();
    }

    @Test
    void linkerdServersConcernThePodsTheySelect() {
        Town town = new Town(policy(
                "policy.linkerd.io/v1beta3 Server", "shop", "{podSelector: {matchLabels: {app: db}}, port: api}"));
        assertThat(between(town, "shop/web", "shop/db").uncertain().isAll()).isTrue();
        assertThat(between(town, "shop/db", "shop/web").ports().isAll()).isTrue();
        assertThat(town.reachability().coverage().partial()).containsKey("policy.linkerd.io/Server");
    }
}
