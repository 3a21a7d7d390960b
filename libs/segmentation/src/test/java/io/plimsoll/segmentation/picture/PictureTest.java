package io.plimsoll.segmentation.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Manifests;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.topology.PeerUnit;
import io.plimsoll.testing.Fixtures;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrows are the connections, added up. */
class PictureTest {

    private static final String SHOP = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: a}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec: {template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: main, image: a}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: wish, namespace: shop}
            spec: {template: {metadata: {labels: {app: wish}}, spec: {containers: [{name: main, image: a}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: ledger, namespace: bank}
            spec: {template: {metadata: {labels: {app: ledger}}, spec: {containers: [{name: main, image: a}]}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: ledger, namespace: bank}
            spec:
              podSelector: {}
              policyTypes: [Ingress, Egress]
              ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: web}}}], ports: [{port: 443}]}]
            """;

    private record Sum(long low, long high, PortSet ports, PortSet possible) {
        static Sum of(Connection one) {
            boolean certain = !one.ports().isEmpty();
            PortSet possible = one.ports().union(one.uncertain());
            return new Sum(certain ? 1 : 0, possible.isEmpty() ? 0 : 1, one.ports(), possible);
        }

        Sum plus(Sum other) {
            return new Sum(
                    low + other.low, high + other.high, ports.union(other.ports), possible.union(other.possible));
        }
    }

    private static Reachability reachability(ClusterState state) {
        return Reachability.of(state, PeerUnit.OWNER.of(state));
    }

    private static List<Edge> edges(Floor floor) {
        return IntStream.range(0, floor.parts()).boxed().flatMap(floor::part).toList();
    }

    @Test
    void workloadsWithEqualConnectionsAreOneGroupAndNobodyIsAPairWithThemselves() {
        Picture picture = reachability(Manifests.of(SHOP)).picture(workload -> true);
        assertThat(picture.namespaces()).containsExactly("bank", "shop");
        assertThat(picture.groups()).hasSize(3);
        assertThat(picture.groups().get(1).workloads())
                .extracting(ResourceId::name)
                .containsExactly("cart", "wish");
        List<Edge> overview = edges(picture.overview());
        assertThat(overview.stream()
                        .map(edge -> edge.source() + " " + edge.destination() + " "
                                + edge.allowed().low() + "/" + edge.pairs() + " " + edge.ports()))
                .containsExactly(
                        "OfNamespace[name=shop] OfNamespace[name=bank] 1/3 TCP 443",
                        "OfNamespace[name=shop] OfNamespace[name=shop] 6/6 All Connections",
                        "OfNamespace[name=shop] Outside[] 3/3 All Connections",
                        "Outside[] OfNamespace[name=shop] 3/3 All Connections");
        List<Edge> bank = edges(picture.of("bank").orElseThrow());
        assertThat(bank)
                .containsExactly(new Edge(
                        new Box.OfNamespace("shop"),
                        new Box.OfGroup(0),
                        3,
                        new Bounds(1, 1),
                        overview.getFirst().ports(),
                        PortSet.NONE));
        assertThat(picture.of("square")).isEmpty();
    }

    @Test
    void whatMayNotBeSeenIsNotCounted() {
        Picture picture = reachability(Manifests.of(SHOP))
                .picture(workload -> List.of("web", "cart").contains(workload.name()));
        assertThat(picture.namespaces()).containsExactly("shop");
        assertThat(edges(picture.overview())).extracting(Edge::pairs).containsExactly(2L, 2L, 2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"E2", "E3", "E4", "X1-tool-rich-practice-poor"})
    void everyArrowIsTheSumOfItsConnections(String estate) {
        Optional<Path> folder = Fixtures.folder("manifests/estates/" + estate);
        assumeTrue(folder.isPresent());
        ClusterState state = Manifests.in(folder.get());
        Reachability reachability = reachability(state);
        Picture picture = reachability.picture(workload -> true);
        Map<ResourceId, Integer> groupOf = new HashMap<>();
        for (int g = 0; g < picture.groups().size(); g++) {
            for (ResourceId workload : picture.groups().get(g).workloads()) {
                groupOf.put(workload, g);
            }
        }
        assertThat(groupOf.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        PeerUnit.OWNER.of(state).stream().map(Workload::id).toList());
        List<Connection> all =
                Stream.concat(outsideOnce(reachability), reachability.brought()).toList();
        Function<ResourceId, Box> overview = workload -> new Box.OfNamespace(workload.namespace());
        assertThat(sums(edges(picture.overview()))).isEqualTo(expected(all, overview, box -> true));
        for (String namespace : picture.namespaces()) {
            Function<ResourceId, Box> inside = workload -> workload.namespace().equals(namespace)
                    ? new Box.OfGroup(groupOf.getOrDefault(workload, -1))
                    : new Box.OfNamespace(workload.namespace());
            assertThat(sums(edges(picture.of(namespace).orElseThrow())))
                    .as(namespace)
                    .isEqualTo(expected(all, inside, box -> box instanceof Box.OfGroup));
        }
    }

    /** All ranges that a workload exchanges something with are one pair. */
    private static Stream<Connection> outsideOnce(Reachability reachability) {
        Map<List<Endpoint>, Connection> once = new LinkedHashMap<>();
        reachability.connections().forEach(each -> {
            Endpoint source = each.source() instanceof Endpoint.External ? new Endpoint.Controller() : each.source();
            Endpoint destination =
                    each.destination() instanceof Endpoint.External ? new Endpoint.Controller() : each.destination();
            once.merge(List.of(source, destination), each, Connection::or);
        });
        return once.values().stream();
    }

    private static Map<List<Box>, Sum> sums(List<Edge> edges) {
        Map<List<Box>, Sum> sums = new HashMap<>();
        edges.forEach(edge -> assertThat(sums.put(
                        List.of(edge.source(), edge.destination()),
                        new Sum(
                                edge.allowed().low(),
                                edge.allowed().high(),
                                edge.ports(),
                                edge.ports().union(edge.uncertain()))))
                .as("twice: " + edge)
                .isNull());
        return sums;
    }

    private static Map<List<Box>, Sum> expected(
            List<Connection> all, Function<ResourceId, Box> boxOf, java.util.function.Predicate<Box> inner) {
        Map<List<Box>, Sum> sums = new HashMap<>();
        all.forEach(each -> {
            Box source = box(each.source(), boxOf);
            Box destination = box(each.destination(), boxOf);
            if (inner.test(source) || inner.test(destination)) {
                sums.merge(List.of(source, destination), Sum.of(each), Sum::plus);
            }
        });
        return sums;
    }

    private static Box box(Endpoint end, Function<ResourceId, Box> boxOf) {
        return switch (end) {
            case Endpoint.OfWorkload workload -> boxOf.apply(workload.id());
            case Endpoint.External external -> new Box.Outside();
            case Endpoint.Controller controller -> new Box.Controllers();
            case Endpoint.OfStranger stranger -> throw new AssertionError(stranger);
        };
    }
}
