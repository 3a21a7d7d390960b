package io.plimsoll.segmentation;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.reach.Connection;
import java.util.List;
import java.util.function.Function;

/**
 * A small cluster: namespace shop (team a) with web (tier gold, port api 8080) and db (port api 5432), namespace ops (team b)
 * with watch; and what a test adds to it.
 */
final class Town {

    private static final String BASE = namespace("shop", "team: a")
            + namespace("ops", "team: b")
            + pod("shop", "web", "app: web, tier: gold", "{name: api, containerPort: 8080}")
            + pod("shop", "db", "app: db", "{name: api, containerPort: 5432}")
            + pod("ops", "watch", "app: watch");

    private final ClusterState state;
    private final Reachability reachability;

    Town(String... more) {
        state = Manifests.of(BASE + String.join("", more));
        reachability = Reachability.of(state, workloads());
    }

    static String namespace(String name, String labels) {
        return """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {%s}}
                """.formatted(name, labels);
    }

    static String pod(String namespace, String name, String labels, String... ports) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s, labels: {%s}}
                spec: {containers: [{name: main, ports: [%s]}]}
                """.formatted(name, namespace, labels, String.join(",", ports));
    }

    static String ownedPod(String name, String owner, String labels) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  {name: %s, namespace: shop, labels: {%s}, ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: %s}]}
                spec: {containers: [{name: main}]}
                """.formatted(name, labels, owner);
    }

    static String hostPod(String namespace, String name, String labels) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: %s, labels: {%s}}
                spec: {hostNetwork: true, containers: [{name: main}]}
                """.formatted(name, namespace, labels);
    }

    /** A policy of namespace shop. */
    static String policy(String name, String... fields) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: %s, namespace: shop}
                spec:
                  %s
                """.formatted(name, String.join("\n  ", fields));
    }

    /** An object of another kind, for instance {@code cilium.io/v2 CiliumNetworkPolicy}. */
    static String object(String versionAndKind, String namespace, String name) {
        return """
                ---
                apiVersion: %s
                kind: %s
                metadata: {name: %s, namespace: %s}
                spec: {}
                """.formatted(versionAndKind.split(" ")[0], versionAndKind.split(" ")[1], name, namespace);
    }

    ClusterState state() {
        return state;
    }

    List<Workload> workloads() {
        return Workloads.of(state);
    }

    Reachability reachability() {
        return reachability;
    }

    /** Who reaches the workload, and on which ports. */
    List<String> into(String destination) {
        return lines(destination, Connection::destination, Connection::source);
    }

    /** Whom the workload reaches, and on which ports. */
    List<String> outOf(String source) {
        return lines(source, Connection::source, Connection::destination);
    }

    private List<String> lines(String end, Function<Connection, Object> here, Function<Connection, Object> there) {
        return reachability
                .connections()
                .filter(connection -> !connection.ports().isEmpty())
                .filter(connection -> here.apply(connection).toString().startsWith(end + "["))
                .map(connection ->
                        there.apply(connection).toString().replaceFirst("\\[.*", "") + " " + connection.ports())
                .toList();
    }
}
