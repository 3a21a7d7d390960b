package io.plimsoll.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ManifestReaderTest {

    private final List<Document> documents = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private void read(String text) {
        read(text.getBytes(StandardCharsets.UTF_8));
    }

    private void read(byte[] bytes) {
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            readStream("in.yaml", in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void readStream(String name, InputStream in) throws IOException {
        new ManifestReader(ManifestLimits.DEFAULTS).read(name, in, new DocumentSink() {
            @Override
            public void document(Document document) {
                documents.add(document);
            }

            @Override
            public void problem(Problem problem) {
                problems.add(problem);
            }
        });
    }

    @Test
    void oneBadDocumentCostsNoOther() {
        read("kind: A\n---\n{{ .Values.x }}: [\n---\nkind: B\n");
        assertThat(documents).hasSize(2);
        assertThat(problems).singleElement().satisfies(p -> {
            assertThat(p.source().document()).isEqualTo(2);
            assertThat(p.source().line()).isEqualTo(3);
        });
    }

    @Test
    void laughsAreCounted() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        read(bomb.toString());
        assertThat(documents).isEmpty();
        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("50 aliases"));
    }

    @Test
    void anAliasOfItselfIsRefused() {
        read("a: &a [*a]\n");
        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("refers to itself"));
    }

    @Test
    void depthIsBoundedInYamlAndJson() {
        read("a: " + "[".repeat(10_000) + "]".repeat(10_000));
        read("{\"a\": " + "[".repeat(10_000) + "]".repeat(10_000) + "}");
        assertThat(documents).isEmpty();
        assertThat(problems).hasSize(2);
    }

    @Test
    void foreignTagsAreRefused() {
        read("a: !!javax.script.ScriptEngineManager []\n");
        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("not allowed"));
    }

    @Test
    void aDuplicateKeyIsSaidAndTheLastOneCounts() {
        read("kind: A\nkind: B\n");
        assertThat(documents)
                .singleElement()
                .satisfies(d -> assertThat(d.body().text("kind")).isEqualTo("B"));
        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("given twice"));
    }

    @Test
    void bytesThatAreNotUtf8CostTheirDocumentOnly() {
        read(new byte[] {'a', ':', ' ', (byte) 0xff, '\n', '-', '-', '-', '\n', 'b', ':', ' ', '1', '\n'});
        assertThat(documents).hasSize(1);
        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).isEqualTo("not UTF-8"));
    }

    @Test
    void listJsonYamlAndOrderAreOneState() {
        String a = "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"a\"}}";
        String b = "apiVersion: v1\nkind: Service\nmetadata: {name: b}\n";
        read(a + "\n");
        read(b);
        String apart = digest();
        documents.clear();
        read("apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: b}\n- " + a
                + "\n");
        assertThat(digest()).isEqualTo(apart);
        assertThat(problems).isEmpty();
    }

    @Test
    void yamlInFlowStyleIsYaml() {
        read("{kind: A, metadata: {name: a}}\n---\n{\"kind\": \"B\"}\n");
        assertThat(documents).hasSize(2);
        assertThat(problems).isEmpty();
    }

    @Test
    void aRevisionKeptAtZeroDoesNotRun() {
        String former =
                "apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: a-%s, ownerReferences: [{kind: Deployment, "
                        + "name: a, apiVersion: apps/v1, controller: true}]}\nspec: {replicas: %s, template: {spec: {}}}\n";
        read("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {template: {spec: {}}}\n---\n"
                + former.formatted("old", 0) + "---\n" + former.formatted("new", 1));
        ClusterStateBuilder builder = new ClusterStateBuilder("c", ClusterMode.LIVE);
        documents.forEach(document -> builder.add(document, "", problems::add));
        assertThat(Workloads.of(builder.build()))
                .singleElement()
                .satisfies(workload -> assertThat(workload.templates()).hasSize(2));
    }

    @Test
    void anObjectOverTheServersLimitIsRefusedByName() {
        read("kind: ConfigMap\ndata: '" + "x".repeat(4 << 20) + "'\n---\nkind: B\n");
        assertThat(documents).hasSize(1);
        assertThat(problems)
                .singleElement()
                .satisfies(p -> assertThat(p.message()).contains("3145728"));
    }

    @Test
    void everySharedManifestGetsAnAnswer() throws IOException {
        Optional<Path> manifests = Fixtures.folder("manifests");
        Assumptions.assumeTrue(manifests.isPresent(), "shared cases are not here");
        int read = 0;
        for (String folder : new String[] {"apps", "malformed"}) {
            try (Stream<Path> files = Files.walk(manifests.orElseThrow().resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    try (InputStream in = Files.newInputStream(file)) {
                        readStream(file.getFileName().toString(), in);
                    }
                    read++;
                }
            }
        }
        ClusterStateBuilder builder = new ClusterStateBuilder("all", ClusterMode.MANIFESTS);
        documents.forEach(document -> builder.add(document, "", problems::add));
        assertThat(read).isGreaterThan(1_000);
        assertThat(builder.build().resources()).hasSizeGreaterThan(1_000);
        assertThat(problems).allSatisfy(p -> assertThat(p.message()).isNotBlank());
    }

    private String digest() {
        ClusterStateBuilder builder = new ClusterStateBuilder("c", ClusterMode.MANIFESTS);
        documents.forEach(document -> builder.add(document, "", problem -> {}));
        StringBuilder all = new StringBuilder();
        builder.build().resources().forEach(r -> all.append(r.id()).append(Canonical.digest(r.body())));
        return all.toString();
    }
}
