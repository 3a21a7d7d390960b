package io.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssessCommandTest {

    private static final String POD = """
            apiVersion: v1
            kind: Pod
            metadata: {name: lonely, namespace: shop}
            spec:
              containers:
              - {name: main, image: "example/shop"}
            """;

    @TempDir
    Path folder;

    private Path manifest;
    private Path report;

    @BeforeEach
    void aManifestAndAPlaceForTheReport() throws IOException {
        manifest = Files.writeString(folder.resolve("pod.yaml"), POD);
        report = folder.resolve("report");
    }

    private int assess(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "assess";
        args[1] = "-o";
        args[2] = report.toString();
        System.arraycopy(more, 0, args, 3, more.length);
        return Plimsoll.run(args);
    }

    @Test
    void namesThePlaceOfAFinding() throws IOException {
        assertThat(assess(manifest.toString(), "--format", "json")).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(report))
                .contains("\"control\" : \"workload-controlled\"")
                .contains("\"control\" : \"image-pinned\"")
                .contains("\"path\" : \"spec.containers[0].image\"")
                .contains("\"line\" : 6");
    }

    @Test
    void theReportKeepsItsSchema() throws IOException {
        assess(manifest.toString(), "--format", "json");
        try (InputStream schema = getClass().getResourceAsStream("/META-INF/plimsoll/api/schemas/report.schema.json")) {
            String text = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(text, InputFormat.JSON)
                            .validate(Files.readString(report), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void sameInputGivesSameBytes() throws IOException {
        assess(manifest.toString(), "--format", "json");
        String first = Files.readString(report);
        assess(manifest.toString(), "--format", "json");
        assertThat(Files.readString(report)).isEqualTo(first);
    }

    /** Order, splitting, List and JSON change nothing but where things stand. */
    @Test
    void theFormOfTheInputChangesNothing() throws IOException {
        String service =
                "apiVersion: v1\nkind: Service\nmetadata: {name: s, namespace: shop}\nspec: {type: NodePort}\n";
        String asList = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["
                + "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\",\"namespace\":\"shop\"},"
                + "\"spec\":{\"type\":\"NodePort\"}},"
                + "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"lonely\",\"namespace\":\"shop\"},"
                + "\"spec\":{\"containers\":[{\"name\":\"main\",\"image\":\"example/shop\"}]}}]}";
        String apart = withoutPositions(POD + "---\n" + service, "pod.yaml");
        assertThat(withoutPositions(service + "---\n" + POD, "pod.yaml")).isEqualTo(apart);
        assertThat(withoutPositions(asList, "pod.json")).isEqualTo(apart);
    }

    private String withoutPositions(String text, String name) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        assertThat(assess(file.toString(), "--format", "json")).isEqualTo(ExitCode.DONE);
        return Files.readString(report).replaceAll("(?s)\"source\" : \\{.*?\\}", "");
    }

    @Test
    void aBadDocumentIsReportedAndStrictMakesItAnError() throws IOException {
        Files.writeString(manifest, POD + "---\nkind: [\n");
        assertThat(assess(manifest.toString())).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(report)).contains("not YAML").contains("lonely");
        assertThat(assess(manifest.toString(), "--strict")).isEqualTo(ExitCode.NOTHING_USABLE);
    }

    @Test
    void nothingUsableIsOne() throws IOException {
        Files.writeString(manifest, "just: text\n");
        assertThat(assess(manifest.toString())).isEqualTo(ExitCode.NOTHING_USABLE);
    }

    @Test
    void aRequiredStageNotReachedIsTwo() {
        assertThat(assess(manifest.toString(), "--require-stage", "2")).isEqualTo(ExitCode.GATE_NOT_MET);
        assertThat(assess(manifest.toString(), "--require-stage", "1")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void wrongUsageIsSixtyFour() {
        assertThat(assess()).isEqualTo(ExitCode.USAGE);
        assertThat(assess("--no-such-option")).isEqualTo(ExitCode.USAGE);
        assertThat(assess(folder.resolve("nowhere").toString())).isEqualTo(ExitCode.USAGE);
        assertThat(assess(manifest.toString(), "--as-of", "yesterday")).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void declarationsProveWhatNoFileShows() throws IOException {
        Path facts = Files.writeString(folder.resolve("facts.yaml"), """
                format: plimsoll.declarations/v1
                attestations:
                - {id: scans, control: image-scanned, scope: {organisation: true}, statement: nightly, author: someone,
                   issued: 2026-01-01, expires: 2026-12-31}
                """);
        assess(manifest.toString(), "--facts", facts.toString(), "--as-of", "2026-06-30", "--format", "json");
        assertThat(Files.readString(report)).contains("\"reason\" : \"attested\"");
        assertThat(Files.readString(report)).contains("\"asOf\" : \"2026-06-30T00:00:00Z\"");
        assess(manifest.toString(), "--facts", facts.toString(), "--format", "json");
        assertThat(Files.readString(report))
                .contains("\"reason\" : \"no-clock\"")
                .contains("--as-of");
        Files.writeString(facts, "format: plimsoll.declarations/v1\nattestation: []\n");
        assertThat(assess(manifest.toString(), "--facts", facts.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(assess(manifest.toString(), "--facts", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void anEarlierReportShowsWhatWasLost() throws IOException {
        String binding = """
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: all}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
                subjects: [{kind: Group, name: "system:unauthenticated"}]
                """;
        Files.writeString(manifest, POD + binding);
        assess(manifest.toString(), "--format", "json");
        Path earlier = Files.move(report, folder.resolve("earlier.json"));
        Files.writeString(manifest, POD);
        assess(manifest.toString(), "--previous", earlier.toString());
        assertThat(Files.readString(report)).contains("coverage-lost").contains("S2.admin had failed");
        assertThat(assess(manifest.toString(), "--previous", manifest.toString()))
                .isEqualTo(ExitCode.USAGE);
    }
}
