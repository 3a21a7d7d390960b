package io.plimsoll.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Assessment;
import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.assessment.image.RegistryAccess;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What comes through the topics is what was put in: engines judge identical resources, scoring counts identical evidence. */
class RoundTripTest {

    private static final Version VERSION = new Version(1, 7, 0);

    private static ClusterState state(Path folder) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder("prod", ClusterMode.MANIFESTS);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(path -> path.toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                new ManifestReader(ManifestLimits.DEFAULTS)
                        .read(folder.relativize(file).toString(), in, new DocumentSink() {
                            @Override
                            public void document(Document document) {
                                builder.add(document, "", problem -> {});
                            }

                            @Override
                            public void problem(Problem problem) {
                                // Malformed documents of other people are another test's business.
                            }
                        });
            }
        }
        return builder.build();
    }

    private static List<Path> applications() throws IOException {
        Path manifests = Fixtures.folder("manifests").orElse(null);
        Assumptions.assumeTrue(manifests != null, "shared cases are not here");
        try (Stream<Path> folders = Files.list(manifests.resolve("apps"))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @Test
    void everyResourceSurvivesTheTopic() throws IOException {
        for (Path application : applications()) {
            for (Resource resource : state(application).resources()) {
                byte[] bytes = ResourceCodec.toWire(resource, VERSION, ClusterMode.MANIFESTS, "files")
                        .toByteArray();
                assertThat(ResourceCodec.fromWire(bytes)).isEqualTo(resource);
            }
        }
    }

    @Test
    void whatAClusterContributesSurvivesTheTopics() throws IOException {
        ClusterAnalysis analysis = new ClusterAnalysis(StageModel.builtin(), AddOnCatalogue.builtin());
        EvidenceCodec codec = new EvidenceCodec(ControlNumbers.builtin());
        for (Path application : applications()) {
            ClusterPart seen = analysis.part(state(application), ClusterContext.silent("prod"));
            ClusterPart part = new ClusterPart(
                    seen.facts()
                            .with(List.of(
                                    new RegistryAccess(
                                            "registry.example.com:5000", EvidenceState.FAIL, "anybody can push"),
                                    new RegistryAccess("other.example.com", EvidenceState.PASS, ""))),
                    seen.subjects(),
                    seen.evidence());
            List<byte[]> facts = FactsCodec.toWire(part.facts(), VERSION).values().stream()
                    .map(record -> record.toByteArray())
                    .toList();
            ClusterFacts read = FactsCodec.fromWire("prod", facts);
            assertThat(read).isEqualTo(part.facts());
            List<Subject> subjects = new ArrayList<>();
            for (var record : SubjectCodec.toWire(part.subjects(), VERSION).values()) {
                subjects.addAll(SubjectCodec.fromWire(record.toByteArray()));
            }
            assertThat(subjects).containsExactlyInAnyOrderElementsOf(part.subjects());
            List<Evidence> evidence = new ArrayList<>();
            for (var record :
                    codec.toWire(part.evidence(), "config-audit", VERSION).values()) {
                evidence.addAll(codec.fromWire(record.toByteArray()));
            }
            assertThat(withoutPasses(evidence)).containsExactlyInAnyOrderElementsOf(withoutPasses(part.evidence()));
        }
    }

    private static List<Evidence> withoutPasses(List<Evidence> evidence) {
        return evidence.stream()
                .filter(each -> each.state() != EvidenceState.PASS)
                .toList();
    }

    @Test
    void everyControlHasANumber() {
        Map<String, Integer> numbers = ControlNumbers.builtin().all();
        assertThat(numbers.keySet()).containsAll(Assessment.controls().keySet());
    }
}
