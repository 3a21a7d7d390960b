package io.plimsoll.stagescoring.estate;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.assessment.declaration.DeclarationsReader;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Clusters and what is declared of them.
 *
 * @param states in the order of names
 */
public record Estate(String name, List<ClusterState> states, Declarations declarations) {

    public static final StageModel MODEL = StageModel.builtin();
    public static final ClusterAnalysis ANALYSIS = new ClusterAnalysis(MODEL, AddOnCatalogue.builtin());
    /** All that expires in the declared estates does so after this. */
    public static final Instant AS_OF = Instant.parse("2026-06-30T00:00:00Z");

    private static final Path STAGED = Fixtures.repository().resolve("libs/assessment/src/test/resources/estates");

    /** The shared estates (none where they are absent), and those of stages 2 to 5 with their declarations. */
    public static List<Estate> all() {
        List<Estate> all = new ArrayList<>();
        Fixtures.folder("manifests").ifPresent(manifests -> {
            try (Stream<Path> folders = Files.list(manifests.resolve("estates"))) {
                folders.filter(Files::isDirectory).sorted().forEach(folder -> all.add(shared(manifests, folder)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (int stage = 2; stage <= 5; stage++) {
            all.add(staged(stage));
        }
        return all;
    }

    /** One of stages 2 to 5. */
    public static Estate staged(int stage) {
        Path folder = STAGED.resolve("stage-" + stage);
        SortedMap<String, ClusterStateBuilder> clusters = new TreeMap<>();
        for (Value cluster : tree(folder.resolve("estate.yaml")).items("clusters")) {
            ClusterStateBuilder builder = clusters.computeIfAbsent(
                    cluster.text("name"), name -> new ClusterStateBuilder(name, ClusterMode.MANIFESTS));
            for (Value source : cluster.items("sources")) {
                Path path = folder.resolve(source.text("path")).normalize();
                try (Stream<Path> files = Files.walk(path)) {
                    files.filter(Files::isRegularFile).sorted().forEach(file -> add(builder, STAGED, file, ""));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        try {
            String facts = Canonical.text(tree(folder.resolve("facts.yaml")));
            return of("stage-" + stage, clusters, DeclarationsReader.read("facts.json", stream(facts)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Estate shared(Path manifests, Path folder) {
        SortedMap<String, ClusterStateBuilder> clusters = new TreeMap<>();
        try {
            List<String> lines = Files.readAllLines(folder.resolve("files.tsv"));
            for (String line : lines.subList(1, lines.size())) {
                String[] cells = line.split("\t", -1);
                add(
                        clusters.computeIfAbsent(
                                cells[0], name -> new ClusterStateBuilder(name, ClusterMode.MANIFESTS)),
                        manifests,
                        manifests.resolve(cells[2]),
                        cells[1]);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(String.valueOf(folder.getFileName()), clusters, Declarations.NONE);
    }

    private static Estate of(String name, SortedMap<String, ClusterStateBuilder> clusters, Declarations declarations) {
        return new Estate(
                name, clusters.values().stream().map(ClusterStateBuilder::build).toList(), declarations);
    }

    /** One cluster, from a text. */
    public static ClusterState cluster(String name, String manifests) {
        ClusterStateBuilder builder = new ClusterStateBuilder(name, ClusterMode.MANIFESTS);
        read(builder, "test.yaml", stream(manifests), "");
        return builder.build();
    }

    private static void add(ClusterStateBuilder builder, Path root, Path file, String namespace) {
        try (InputStream in = Files.newInputStream(file)) {
            read(builder, root.relativize(file).toString(), in, namespace);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(ClusterStateBuilder builder, String name, InputStream in, String namespace) {
        try {
            new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
                @Override
                public void document(Document document) {
                    builder.add(document, namespace, problem -> {});
                }

                @Override
                public void problem(Problem problem) {
                    // Some shared files are templates.
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Value tree(Path file) {
        try {
            return SingleDocument.read(String.valueOf(file.getFileName()), stream(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What one process says. */
    public AssessmentResult assess(Instant asOf) {
        return new Assessment(MODEL, AddOnCatalogue.builtin()).assess(states, declarations, asOf, List.of());
    }

    public Estate with(List<ClusterState> others) {
        return new Estate(name, others, declarations);
    }

    public Estate declaring(Declarations others) {
        return new Estate(name, states, others);
    }

    @Override
    public String toString() {
        return name;
    }
}
