package io.plimsoll.report;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Two clusters of one file each, and whatever a test writes, assessed. */
public final class SmallEstate {

    private final Map<String, ClusterStateBuilder> clusters = new TreeMap<>();
    private final List<Coverage> coverage = new ArrayList<>();

    private SmallEstate() {}

    /** The clusters {@code harbour} and {@code yard} of src/test/resources/estate; one document of the second is broken. */
    public static AssessmentResult assessed() {
        SmallEstate estate = new SmallEstate();
        for (String file : List.of("harbour/crane.yaml", "yard/gate.yaml")) {
            Path path = Fixtures.repository()
                    .resolve("libs/report/src/test/resources/estate")
                    .resolve(file);
            try (InputStream in = Files.newInputStream(path)) {
                estate.add(file.substring(0, file.indexOf('/')), file, in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return estate.assess();
    }

    /** One cluster of one file. */
    public static AssessmentResult assessed(String cluster, String file, String manifests) {
        SmallEstate estate = new SmallEstate();
        estate.add(cluster, file, new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)));
        return estate.assess();
    }

    private AssessmentResult assess() {
        return new Assessment(StageModel.builtin(), AddOnCatalogue.builtin())
                .assess(
                        clusters.values().stream()
                                .map(ClusterStateBuilder::build)
                                .toList(),
                        null,
                        coverage);
    }

    private void add(String cluster, String file, InputStream in) {
        ClusterStateBuilder builder =
                clusters.computeIfAbsent(cluster, name -> new ClusterStateBuilder(name, ClusterMode.MANIFESTS));
        try {
            new ManifestReader(ManifestLimits.DEFAULTS).read(file, in, new DocumentSink() {
                @Override
                public void document(Document document) {
                    builder.add(document, "", this::problem);
                }

                @Override
                public void problem(Problem problem) {
                    coverage.add(new Coverage("document", problem.message(), problem.source()));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
