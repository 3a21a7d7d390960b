package io.plimsoll.segmentation.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.Manifests;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whether a route of the Gateway API leads to shop/web, sentence by sentence of the API reference (gateway-api.sigs.k8s.io,
 * v1). The Gateway is ops/gate, the route's and the Service's namespaces vary.
 */
class GatewayRoutesTest {

    private static final String BASE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: a}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {containers: [{name: main, ports: [{name: api, containerPort: 8080}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: api}]}
            """;

    private static final String OPEN = "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}";
    private static final String PARENT = "{name: gate, namespace: ops}";

    @ParameterizedTest
    @MethodSource
    void leadsInWhereTheSpecificationSaysSo(boolean leads, String... more) {
        // Given
        ClusterState state = Manifests.of(BASE + String.join("", more));
        // When
        List<WayIn> ways = WaysIn.of(state, Workloads.of(state));
        // Then
        assertThat(ways)
                .extracting(way -> way.door() + " " + way.workload().name() + " " + way.ports())
                .isEqualTo(leads ? List.of("CONTROLLER web TCP 8080") : List.of());
    }

    static Stream<Arguments> leadsInWhereTheSpecificationSaysSo() {
        return Stream.of(
                // "This is restricted to the namespace of this Gateway by default"
                of("namespaces: all", true, gateway(OPEN), route("HTTPRoute", "shop", PARENT)),
                of("namespaces: default", false, gateway(listener("HTTP", "{}")), route("HTTPRoute", "shop", PARENT)),
                of("namespaces: same", false, gateway(from("Same")), route("HTTPRoute", "shop", PARENT)),
                // None: "No Routes/ListenerSets may be attached to this Gateway"
                of("namespaces: none", false, gateway(from("None")), route("HTTPRoute", "shop", PARENT)),
                of(
                        "namespaces: none, even of its own",
                        false,
                        gateway(from("None")),
                        route("HTTPRoute", "ops", "{name: gate}", "web, namespace: shop"),
                        grant("HTTPRoute", "ops", "web")),
                of("namespaces: selected", true, gateway(selecting("a")), route("HTTPRoute", "shop", PARENT)),
                of("namespaces: others selected", false, gateway(selecting("b")), route("HTTPRoute", "shop", PARENT)),
                // "SectionName is the name of a section within the target resource"
                of("section", true, gateway(OPEN), route("HTTPRoute", "shop", section("a"))),
                of("no such section", false, gateway(OPEN), route("HTTPRoute", "shop", section("b"))),
                // "Port is the network port this Route targets"
                of("port", true, gateway(OPEN), route("HTTPRoute", "shop", port(80))),
                of("no such port", false, gateway(OPEN), route("HTTPRoute", "shop", port(81))),
                // "When unspecified or empty, the kinds of Routes selected are determined using the Listener protocol"
                of("HTTP takes GRPCRoute", true, gateway(OPEN), route("GRPCRoute", "shop", PARENT)),
                of("HTTP takes no TCPRoute", false, gateway(OPEN), route("TCPRoute", "shop", PARENT)),
                of("TCP takes TCPRoute", true, gateway(all("TCP")), route("TCPRoute", "shop", PARENT)),
                of("TCP takes no HTTPRoute", false, gateway(all("TCP")), route("HTTPRoute", "shop", PARENT)),
                of("TLS takes TLSRoute", true, gateway(all("TLS")), route("TLSRoute", "shop", PARENT)),
                of("UDP takes no TCPRoute", false, gateway(all("UDP")), route("TCPRoute", "shop", PARENT)),
                // "Kinds specifies the groups and kinds of Routes that are allowed to bind to this Gateway Listener"
                of("kind allowed", true, gateway(kinds("HTTPRoute")), route("HTTPRoute", "shop", PARENT)),
                of("kind not allowed", false, gateway(kinds("GRPCRoute")), route("HTTPRoute", "shop", PARENT)),
                // A parent of kind Service is a route inside a mesh, not a way in
                of("parent is a Service", false, route("HTTPRoute", "shop", "{kind: Service, name: web}")),
                of("Gateway not in the input", true, route("HTTPRoute", "shop", PARENT)),
                // "references across namespaces are invalid without a ReferenceGrant"
                of("no grant", false, gateway(OPEN), abroad()),
                of("grant", true, gateway(OPEN), abroad(), grant("HTTPRoute", "ops", "web")),
                of("grant for another kind", false, gateway(OPEN), abroad(), grant("GRPCRoute", "ops", "web")),
                of("grant for another namespace", false, gateway(OPEN), abroad(), grant("HTTPRoute", "dev", "web")),
                // "Name ... When unspecified, this policy refers to all resources of the specified Group and Kind"
                of("grant for every Service", true, gateway(OPEN), abroad(), grant("HTTPRoute", "ops", "''")),
                of("grant for another Service", false, gateway(OPEN), abroad(), grant("HTTPRoute", "ops", "db")));
    }

    private static Arguments of(String name, boolean leads, String... more) {
        return argumentSet(name, leads, more);
    }

    private static String gateway(String listener) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: gate, namespace: ops}
                spec: {gatewayClassName: any, listeners: [%s]}
                """.formatted(listener);
    }

    private static String listener(String protocol, String allowed) {
        return "{name: a, port: 80, protocol: %s, allowedRoutes: %s}".formatted(protocol, allowed);
    }

    private static String from(String from) {
        return listener("HTTP", "{namespaces: {from: %s}}".formatted(from));
    }

    private static String all(String protocol) {
        return listener(protocol, "{namespaces: {from: All}}");
    }

    private static String selecting(String team) {
        return listener("HTTP", "{namespaces: {from: Selector, selector: {matchLabels: {team: %s}}}}".formatted(team));
    }

    private static String kinds(String kind) {
        return listener("HTTP", "{namespaces: {from: All}, kinds: [{kind: %s}]}".formatted(kind));
    }

    private static String section(String name) {
        return "{name: gate, namespace: ops, sectionName: %s}".formatted(name);
    }

    private static String port(int port) {
        return "{name: gate, namespace: ops, port: %d}".formatted(port);
    }

    private static String route(String kind, String namespace, String parent) {
        return route(kind, namespace, parent, "web");
    }

    private static String route(String kind, String namespace, String parent, String backend) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: %s
                metadata: {name: way, namespace: %s}
                spec: {parentRefs: [%s], rules: [{backendRefs: [{name: %s, port: 80}]}]}
                """.formatted(kind, namespace, parent, backend);
    }

    private static String abroad() {
        return route("HTTPRoute", "ops", "{name: gate}", "web, namespace: shop");
    }

    private static String grant(String kind, String namespace, String service) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: grant, namespace: shop}
                spec:
                  from: [{group: gateway.networking.k8s.io, kind: %s, namespace: %s}]
                  to: [{group: '', kind: Service, name: %s}]
                """.formatted(kind, namespace, service);
    }
}
