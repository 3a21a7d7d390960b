package io.plimsoll.kubernetes.exposure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which routes of the Gateway API are entries, sentence by sentence of the API reference (gateway-api.sigs.k8s.io, v1) and of
 * the providers' pages on internal load balancers. The Gateway is ops/gate, the Service and its pod shop/web.
 */
class GatewayEntriesTest {

    private static final String NONE = "";
    private static final String HTTP = "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}";
    private static final String HTTPS =
            "{name: b, port: 443, protocol: HTTPS, allowedRoutes: {namespaces: {from: All}}}";
    private static final String PARENT = "{name: gate, namespace: ops}";

    private static final String BASE = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: a}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop, labels: {app: web}}
            spec: {containers: [{name: main}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            """;

    private static final String GRANT = """
            ---
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: ReferenceGrant
            metadata: {name: grant, namespace: shop}
            spec: {from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: ops}], to: [{group: "", kind: Service}]}
            """;

    private static String gateway(String metadata, String spec, String... listeners) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: gate, namespace: ops%s}
                spec: {gatewayClassName: any%s, listeners: [%s]}
                """.formatted(metadata, spec, String.join(", ", listeners));
    }

    private static String route(String kind, String namespace, String parents, String backend) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: %s
                metadata: {name: route, namespace: %s}
                spec: {parentRefs: [%s], rules: [%s]}
                """.formatted(kind, namespace, parents, backend);
    }

    private static String route(String parents) {
        return route("HTTPRoute", "shop", parents, "{backendRefs: [{name: web, port: 80}]}");
    }

    private static String listener(String allowed) {
        return "{name: a, port: 80, protocol: HTTP, allowedRoutes: {namespaces: " + allowed + "}}";
    }

    private static Arguments of(String name, String expected, String... more) {
        return argumentSet(name, expected, more);
    }

    static Stream<Arguments> routes() {
        String cross = route("HTTPRoute", "ops", PARENT, "{backendRefs: [{name: web, namespace: shop, port: 80}]}");
        return Stream.of(
                of("taken, plain", "PLAIN", gateway("", "", HTTP), route(PARENT)),
                of("taken, encrypted", "DECLARED", gateway("", "", HTTPS), route(PARENT)),
                of(
                        "taken by a plain listener and an encrypted one",
                        "PLAIN",
                        gateway("", "", HTTP, HTTPS),
                        route(PARENT)),
                of("a Gateway that was not given", "UNSAID", route(PARENT)),
                // "allowedRoutes: Same: Only Routes in namespaces of the Gateway may be attached", the default
                of(
                        "routes of other namespaces are not allowed",
                        NONE,
                        gateway("", "", "{name: a, port: 80, protocol: HTTP}"),
                        route(PARENT)),
                of("namespaces that are selected", "PLAIN", selected("{matchLabels: {team: a}}"), route(PARENT)),
                of("namespaces that are not selected", NONE, selected("{matchLabels: {team: b}}"), route(PARENT)),
                of(
                        "namespaces selected by their name",
                        "PLAIN",
                        selected(
                                "{matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, values: [shop]}]}"),
                        route(PARENT)),
                of(
                        "a selector that is none",
                        NONE,
                        selected("{matchExpressions: [{key: team, operator: Like, values: [a]}]}"),
                        route(PARENT)),
                of(
                        "kinds that are not allowed",
                        NONE,
                        gateway("", "", HTTP.replace("All}", "All}, kinds: [{kind: GRPCRoute}]")),
                        route(PARENT)),
                of(
                        "a section that is not there",
                        NONE,
                        gateway("", "", HTTP),
                        route("{name: gate, namespace: ops, sectionName: z}")),
                of(
                        "a section that is plain beside one that is not asked for",
                        "DECLARED",
                        gateway("", "", HTTP, HTTPS),
                        route("{name: gate, namespace: ops, sectionName: b}")),
                // "references across namespaces are invalid without a ReferenceGrant"
                of("a Service of another namespace without a grant", NONE, gateway("", "", HTTP), cross),
                of("a Service of another namespace with a grant", "PLAIN", gateway("", "", HTTP), cross, GRANT),
                // "If weight is set to 0, no traffic should be forwarded for this entry."
                of(
                        "a Service without weight",
                        NONE,
                        gateway("", "", HTTP),
                        route("HTTPRoute", "shop", PARENT, "{backendRefs: [{name: web, port: 80, weight: 0}]}")),
                of(
                        "UDP",
                        "PLAIN",
                        gateway("", "", HTTP.replace("HTTP", "UDP")),
                        route("UDPRoute", "shop", PARENT, "{backendRefs: [{name: web, port: 80}]}")),
                of(
                        "an internal Gateway by its annotation",
                        NONE,
                        gateway(
                                ", annotations: {service.beta.kubernetes.io/aws-load-balancer-scheme: internal}",
                                "",
                                HTTP),
                        route(PARENT)),
                // infrastructure.annotations "SHOULD be applied to any resources created in response to this Gateway"
                of(
                        "an internal Gateway by what it makes",
                        NONE,
                        gateway(
                                "",
                                ", infrastructure: {annotations: {service.beta.kubernetes.io/azure-load-balancer-internal: \"true\"}}",
                                HTTP),
                        route(PARENT)),
                of(
                        "an internal Gateway by its class",
                        NONE,
                        gateway("", "", HTTP).replace("gatewayClassName: any", "gatewayClassName: gke-l7-rilb"),
                        route(PARENT)),
                of(
                        "an annotation of the route says nothing of its Gateway",
                        "PLAIN",
                        gateway("", "", HTTP),
                        route(PARENT)
                                .replace(
                                        "namespace: shop}\nspec",
                                        "namespace: shop, annotations: {alb.ingress.kubernetes.io/scheme: internal}}\nspec")),
                of(
                        "an internal Gateway beside another one",
                        "UNSAID",
                        gateway("", "", HTTP).replace("gatewayClassName: any", "gatewayClassName: gke-l7-rilb"),
                        route(PARENT + ", {name: other, namespace: ops}")));
    }

    private static String selected(String selector) {
        return gateway("", "", listener("{from: Selector, selector: " + selector + "}"));
    }

    /** @param expected what the entry says of TLS; empty where there is none */
    @ParameterizedTest
    @MethodSource("routes")
    void aRouteIsAnEntryWhereAGatewayTakesItAndLeadsOutside(String expected, String... more) {
        // Given
        ClusterState state = state(BASE + String.join("", more));
        // When
        String found = Entries.of(state, Workloads.of(state), namespace -> Lifecycle.UNSTATED).stream()
                .map(entry -> entry.tls().name())
                .reduce("", String::concat);
        // Then
        assertThat(found).isEqualTo(expected);
    }

    private static ClusterState state(String yaml) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        try {
            new ManifestReader(ManifestLimits.DEFAULTS)
                    .read(
                            "in.yaml",
                            new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)),
                            new DocumentSink() {
                                @Override
                                public void document(Document document) {
                                    builder.add(document, "", problem -> {});
                                }

                                @Override
                                public void problem(Problem problem) {
                                    throw new AssertionError(problem);
                                }
                            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build();
    }
}
