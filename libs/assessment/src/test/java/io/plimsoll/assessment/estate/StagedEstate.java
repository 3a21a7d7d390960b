package io.plimsoll.assessment.estate;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One of the estates under {@code estates/stage-N}: an organisation with everything its stage asks for, declarations included.
 *
 * @param clusters what each cluster is made of, by name, in the order of the files
 * @param facts the declarations as a tree
 */
record StagedEstate(Map<String, List<Document>> clusters, Value facts) {

    static final Path FOLDER = Fixtures.repository().resolve("libs/assessment/src/test/resources/estates");
    /** All that expires in the estates does so after this. */
    static final Instant AS_OF = Instant.parse("2026-06-30T00:00:00Z");

    static final StageModel MODEL = StageModel.builtin();
    private static final AddOnCatalogue CATALOGUE = AddOnCatalogue.builtin();

    /** The estate of one stage, 2 to 5. */
    static StagedEstate of(int stage) {
        Map<String, List<Document>> clusters = new LinkedHashMap<>();
        files(stage).forEach((cluster, files) -> {
            List<Document> documents = new ArrayList<>();
            for (Path file : files) {
                documents.addAll(read(FOLDER.relativize(file).toString(), text(file)));
            }
            clusters.put(cluster, List.copyOf(documents));
        });
        return new StagedEstate(clusters, tree(folder(stage).resolve("facts.yaml")));
    }

    /** The manifests of each cluster as its {@code estate.yaml} names them, folders in the order of names. */
    static Map<String, List<Path>> files(int stage) {
        Map<String, List<Path>> clusters = new LinkedHashMap<>();
        for (Value cluster : tree(folder(stage).resolve("estate.yaml")).items("clusters")) {
            List<Path> files = new ArrayList<>();
            for (Value source : cluster.items("sources")) {
                Path path = folder(stage).resolve(source.text("path")).normalize();
                try (Stream<Path> below = Files.walk(path)) {
                    below.filter(Files::isRegularFile).sorted().forEach(files::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            clusters.put(cluster.text("name"), files);
        }
        return clusters;
    }

    /** The documents of a text; anything wrong in it is a fault of the test. */
    static List<Document> read(String name, String text) {
        List<Document> documents = new ArrayList<>();
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                documents.add(document);
            }

            @Override
            public void problem(Problem problem) {
                refuse(problem);
            }
        };
        try {
            new ManifestReader(ManifestLimits.DEFAULTS).read(name, stream(text), sink);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Value tree(Path file) {
        try {
            return SingleDocument.read(FOLDER.relativize(file).toString(), stream(text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(Problem problem) {
        throw new IllegalArgumentException(problem.toString());
    }

    private static Path folder(int stage) {
        return FOLDER.resolve("stage-" + stage);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    StagedEstate with(Map<String, List<Document>> others) {
        return new StagedEstate(others, facts);
    }

    StagedEstate undeclared() {
        return new StagedEstate(clusters, new Value.Obj(Map.of("format", facts.at("format")), 1));
    }

    List<ClusterState> states() {
        List<ClusterState> states = new ArrayList<>();
        clusters.forEach((name, documents) -> {
            ClusterStateBuilder builder = new ClusterStateBuilder(name, ClusterMode.MANIFESTS);
            documents.forEach(document -> builder.add(document, "", StagedEstate::refuse));
            states.add(builder.build());
        });
        return states;
    }

    AssessmentResult assess() {
        return assess(states());
    }

    AssessmentResult assess(List<ClusterState> states) {
        return assess(states, AS_OF);
    }

    AssessmentResult assess(List<ClusterState> states, Instant asOf) {
        return new Assessment(MODEL, CATALOGUE).assess(states, declarations(), asOf, List.of());
    }

    private Declarations declarations() {
        try {
            return DeclarationsReader.read("facts.json", stream(Canonical.text(facts)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
