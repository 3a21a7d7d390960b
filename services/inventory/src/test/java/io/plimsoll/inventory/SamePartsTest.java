package io.plimsoll.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.cluster.ClusterFacts;
import io.plimsoll.assessment.cluster.ClusterPart;
import io.plimsoll.audit.guardrail.PolicyObject;
import io.plimsoll.inventory.flow.ClusterPublication;
import io.plimsoll.inventory.flow.UploadOrder;
import io.plimsoll.inventory.flow.UploadOutcome;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.wire.FactsCodec;
import io.plimsoll.wire.ResourceCodec;
import io.plimsoll.wire.SubjectCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a reader of the topics knows of a cluster is what one process tells from the same files. */
class SamePartsTest {

    /** Files of one source, all with the same default namespace. */
    private record Source(String namespace, Map<String, byte[]> files) {}

    private static Path manifests() {
        Path manifests = Fixtures.folder("manifests").orElse(null);
        Assumptions.assumeTrue(manifests != null, "shared cases are not here");
        return manifests;
    }

    /** What the command line makes of the same files. */
    private record Expected(ClusterState state, ClusterPart part, List<Coverage> reading) {}

    private static Expected expected(String cluster, List<Source> sources) throws IOException {
        ClusterStateBuilder builder = new ClusterStateBuilder(cluster, ClusterMode.MANIFESTS);
        List<Coverage> reading = new ArrayList<>();
        for (Source source : sources) {
            for (Map.Entry<String, byte[]> file : source.files().entrySet()) {
                new ManifestReader(ManifestLimits.DEFAULTS)
                        .read(file.getKey(), new ByteArrayInputStream(file.getValue()), new DocumentSink() {
                            @Override
                            public void document(Document document) {
                                builder.add(document, source.namespace(), this::problem);
                            }

                            @Override
                            public void problem(Problem problem) {
                                reading.add(ClusterPublication.coverage(problem));
                            }
                        });
            }
        }
        ClusterState state = builder.build(problem -> reading.add(ClusterPublication.coverage(problem)));
        reading.sort(Comparator.comparing(Coverage::source)
                .thenComparing(Coverage::kind)
                .thenComparing(Coverage::text));
        return new Expected(state, Rig.ANALYSIS.part(state, ClusterContext.silent(cluster)), reading);
    }

    private static void check(Rig rig, String cluster, List<Source> sources) throws IOException {
        for (Source source : sources) {
            String name = source.namespace().isEmpty() ? "files" : source.namespace();
            rig.ingest.upload(
                    new UploadOrder(cluster, name, source.namespace(), "", null, true),
                    Rig.content(source.files(), source.namespace()));
        }
        rig.relay();
        Expected expected = expected(cluster, sources);
        Rig.Known known = rig.read(cluster);
        for (Topic topic : List.of(Topic.RESOURCES, Topic.SUBJECTS, Topic.FACTS)) {
            assertThat(known.of(topic, cluster).settled())
                    .as("%s of %s", topic, cluster)
                    .isTrue();
        }
        List<Resource> resources = new ArrayList<>();
        for (byte[] value : known.values(Topic.RESOURCES, cluster)) {
            resources.add(ResourceCodec.fromWire(value));
        }
        same(
                new ClusterState(cluster, ClusterMode.MANIFESTS, resources).resources(),
                expected.state().resources());
        List<Subject> subjects = new ArrayList<>();
        for (byte[] value : known.values(Topic.SUBJECTS, cluster)) {
            subjects.addAll(SubjectCodec.fromWire(value));
        }
        assertThat(subjects).containsExactlyInAnyOrderElementsOf(expected.part().subjects());
        ClusterFacts facts = FactsCodec.fromWire(cluster, known.values(Topic.FACTS, cluster));
        List<Coverage> coverage = new ArrayList<>(expected.reading());
        coverage.addAll(expected.part().facts().coverage());
        assertThat(inOrder(facts, facts.coverage()))
                .isEqualTo(inOrder(expected.part().facts(), UploadOutcome.bounded(coverage)));
    }

    /** Policies are compared by kind and name, in whatever order they come. */
    private static ClusterFacts inOrder(ClusterFacts facts, List<Coverage> coverage) {
        return new ClusterFacts(
                facts.cluster(),
                facts.mode(),
                facts.digest(),
                facts.nodes(),
                facts.addOns(),
                facts.deliveryObjects(),
                facts.namespaces(),
                facts.deliveries(),
                facts.policies().stream()
                        .sorted(Comparator.comparing(PolicyObject::kind).thenComparing(PolicyObject::name))
                        .toList(),
                facts.circumstances(),
                coverage);
    }

    /** Equal, lines included, but for definitions so large that their lines do not fit into a record. */
    private static void same(List<Resource> known, List<Resource> wanted) {
        assertThat(known).hasSameSizeAs(wanted);
        for (int i = 0; i < known.size(); i++) {
            if (!known.get(i).equals(wanted.get(i))) {
                assertThat(known.get(i).id()).isEqualTo(wanted.get(i).id());
                assertThat(known.get(i).kind()).isEqualTo("CustomResourceDefinition");
                assertThat(Canonical.text(known.get(i).body()))
                        .isEqualTo(Canonical.text(wanted.get(i).body()));
            }
        }
    }

    @Test
    void onlineBoutique() throws IOException {
        Path folder = manifests().resolve("apps/online-boutique");
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(path -> path.toString().matches(".*\\.(ya?ml|json)"))
                    .toList()) {
                files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        check(Rig.begun(), "boutique", List.of(new Source("", files)));
    }

    @Test
    void everyEstate() throws IOException {
        Path manifests = manifests();
        Rig rig = Rig.begun();
        List<Path> estates;
        try (Stream<Path> all = Files.list(manifests.resolve("estates"))) {
            estates = all.filter(Files::isDirectory).sorted().toList();
        }
        assertThat(estates).hasSizeGreaterThan(5);
        for (Path estate : estates) {
            Map<String, Map<String, Map<String, byte[]>>> clusters = new TreeMap<>();
            for (String line : Files.readAllLines(estate.resolve("files.tsv"))) {
                String[] parts = line.split("\t", -1);
                if (!parts[0].equals("cluster")) {
                    clusters.computeIfAbsent(parts[0], key -> new TreeMap<>())
                            .computeIfAbsent(parts[1], key -> new TreeMap<>())
                            .put(parts[2], Files.readAllBytes(manifests.resolve(parts[2])));
                }
            }
            String prefix =
                    estate.getFileName().toString().toLowerCase(Locale.ROOT).substring(0, 2);
            for (Map.Entry<String, Map<String, Map<String, byte[]>>> cluster : clusters.entrySet()) {
                List<Source> sources = cluster.getValue().entrySet().stream()
                        .map(each -> new Source(each.getKey(), each.getValue()))
                        .toList();
                check(rig, prefix + "-" + cluster.getKey(), sources);
            }
        }
    }
}
