package io.plimsoll.networksegmentation;

import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Role;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.messaging.analyser.Snapshot;
import io.plimsoll.wire.Version;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A small cluster of two teams and one workload that nobody owns. */
public final class Town {

    public static final String CLUSTER = "town";

    public static final String MANIFESTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop, labels: {team: shop}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: bank, labels: {team: bank}}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: square}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: main, image: "example/web:1", ports: [{containerPort: 8080}]}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec: {template: {metadata: {labels: {app: cart}}, spec: {containers: [{name: main, image: "example/cart:1"}]}}}
            ---
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: ledger, namespace: bank}
            spec: {template: {metadata: {labels: {app: ledger}}, spec: {containers: [{name: main, image: "example/ledger:1"}]}}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: fountain, namespace: square}
            spec: {template: {metadata: {labels: {app: fountain}}, spec: {containers: [{name: main, image: "example/fountain:1"}]}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: cart, namespace: shop}
            spec:
              podSelector: {matchLabels: {app: cart}}
              policyTypes: [Ingress]
              ingress:
              - from: [{podSelector: {matchLabels: {app: web}}}]
                ports: [{protocol: TCP, port: 7070}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: NetworkPolicy
            metadata: {name: ledger, namespace: bank}
            spec:
              podSelector: {matchLabels: {app: ledger}}
              policyTypes: [Egress]
              egress:
              - to: [{ipBlock: {cidr: 10.0.0.0/8}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: shop}
            spec: {rules: [{http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
            """;

    public static final Caller ADMIN = new Caller("admin", Set.of(Role.ADMIN), Set.of());
    public static final Caller SHOPKEEPER = new Caller("shopkeeper", Set.of(Role.VIEWER), Set.of("shop"));
    public static final Caller STRANGER = new Caller("stranger", Set.of(Role.VIEWER), Set.of("harbour"));

    private Town() {}

    public static ClusterState state() {
        return state(CLUSTER);
    }

    /** The same under another name. */
    public static ClusterState state(String cluster) {
        return of(cluster, MANIFESTS);
    }

    static ClusterState of(String cluster, String manifests) {
        ClusterStateBuilder builder = new ClusterStateBuilder(cluster, ClusterMode.MANIFESTS);
        read("town.yaml", new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)), builder);
        return builder.build();
    }

    public static Snapshot snapshot(ClusterState state) {
        return new Snapshot(state.name(), 0, new Version(1, 1, 1), state, ClusterContext.silent(state.name()));
    }

    /** Every manifest below the folder; what cannot be read is left out. */
    public static ClusterState in(Path folder) {
        ClusterStateBuilder builder = new ClusterStateBuilder(CLUSTER, ClusterMode.MANIFESTS);
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> files = paths.filter(path -> path.toString().matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .toList();
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    read(folder.relativize(file).toString(), in, builder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return builder.build();
    }

    private static void read(String name, InputStream in, ClusterStateBuilder builder) {
        try {
            new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
                @Override
                public void document(Document document) {
                    builder.add(document, "", problem -> {});
                }

                @Override
                public void problem(Problem problem) {
                    // Left out, as the command does.
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
