package io.plimsoll.audit.guardrail;

import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workloads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** A cluster as tests write it. */
public final class Written {

    /** A Deployment {@code shop/web} with one plain container. */
    public static final String WEB = deployment("web", "image: registry.corp.example/web:1.0");

    private static final PodLevels LEVELS = new PodLevels() {
        @Override
        public boolean baselineViolated(PodTemplate template) {
            return !PodSecurity.evaluate(template, Level.BASELINE, Version.V1_33)
                    .isEmpty();
        }

        @Override
        public boolean restrictedViolated(PodTemplate template) {
            return !PodSecurity.evaluate(template, Level.RESTRICTED, Version.V1_33)
                    .isEmpty();
        }
    };

    private final ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);

    /** A Deployment of namespace {@code shop}; {@code container} are further fields of its only container. */
    public static String deployment(String name, String container) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: shop}
                spec:
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata: {labels: {app: %s}}
                    spec:
                      containers:
                        - name: main
                %s""".formatted(name, name, name, container.indent(10));
    }

    /** Documents that each name their namespace where they have one. */
    public static Written documents(String... documents) {
        Written written = new Written();
        for (String document : documents) {
            written.read("test.yaml", "", document);
        }
        return written;
    }

    /** Adds a file. */
    public Written file(Path file, String defaultNamespace, Predicate<Document> wanted) {
        try (InputStream in = Files.newInputStream(file)) {
            read(file.getFileName().toString(), in, defaultNamespace, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    public ClusterState state() {
        return builder.build();
    }

    public Guardrails guardrails() {
        ClusterState state = state();
        return Guardrails.of(state, Workloads.of(state), LEVELS);
    }

    /** The rules of namespace {@code shop}. */
    public List<Guardrail> rules() {
        return guardrails().rules("shop");
    }

    /** The only rule of an intent in namespace {@code shop}. */
    public Guardrail rule(Intent intent) {
        List<Guardrail> found = rules().stream()
                .filter(rule -> rule.intent().equals(intent.name()))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("not one rule of " + intent.name() + " but " + found);
        }
        return found.getFirst();
    }

    private void read(String name, String defaultNamespace, String document) {
        try {
            read(
                    name,
                    new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)),
                    defaultNamespace,
                    each -> true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String name, InputStream in, String defaultNamespace, Predicate<Document> wanted)
            throws IOException {
        new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
            @Override
            public void document(Document document) {
                if (wanted.test(document)) {
                    builder.add(document, defaultNamespace, this::problem);
                }
            }

            @Override
            public void problem(Problem problem) {
                throw new AssertionError(problem.toString());
            }
        });
    }
}
