package io.plimsoll.audit.control;

import io.plimsoll.audit.control.question.Settings;
import io.plimsoll.audit.version.VersionKnowledge;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The controls' folders as tests read them, and audits of files. */
final class Folder {

    static final Path CONTROLS =
            Fixtures.repository().resolve("libs/audit/src/main/resources/io/plimsoll/audit/controls");

    /** A day on which v1.33 is supported and v1.25 is not. */
    static final Settings SETTINGS = new Settings(null, LocalDate.of(2026, 1, 15), VersionKnowledge.builtin());

    private Folder() {}

    static List<Path> examples(String id) {
        return list(CONTROLS.resolve(id).resolve("examples")).stream()
                .filter(file -> !file.endsWith("parameters.yaml"))
                .toList();
    }

    /** Values of the control's parameters that its examples are written for. */
    static Map<String, Value> parameters(String id) {
        Path file = CONTROLS.resolve(id).resolve("examples/parameters.yaml");
        return Files.exists(file) ? document(file).fields() : Map.of();
    }

    static Value document(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return SingleDocument.read(file.toString(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Value text(String yaml) {
        try {
            return SingleDocument.read("text.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cluster of the files, in their order; what cannot be read is left out. */
    static ClusterState state(List<Path> files) {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                new ManifestReader(ManifestLimits.DEFAULTS).read(file.toString(), in, new DocumentSink() {
                    @Override
                    public void document(Document document) {
                        builder.add(document, "", this::problem);
                    }

                    @Override
                    public void problem(Problem problem) {}
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return builder.build();
    }

    static List<Finding> findings(CatalogueControl control, Map<String, Value> parameters, ClusterState state) {
        List<Finding> findings = new ArrayList<>();
        new Audit(List.of(control), Map.of(control.id(), parameters), SETTINGS).run(state, findings::add);
        return findings;
    }
}
