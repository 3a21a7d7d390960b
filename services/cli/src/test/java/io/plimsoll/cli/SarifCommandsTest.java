package io.plimsoll.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SARIF of the two commands that write it, held against the standard's own schema. */
class SarifCommandsTest {

    private static final String PODS = """
            apiVersion: v1
            kind: Pod
            metadata: {name: lonely, namespace: shop}
            spec:
              containers:
              - {name: main, image: example/shop, securityContext: {privileged: true}}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: large, namespace: shop}
            spec:
              containers:
              - {name: main, image: "example/shop:1"}
            """;

    @TempDir
    Path folder;

    private Path manifest;
    private Path report;

    @BeforeEach
    void aManifestAndAPlaceForTheReport() throws IOException {
        manifest = Files.writeString(folder.resolve("po d.yaml"), PODS);
        report = folder.resolve("report.sarif");
    }

    @ParameterizedTest
    @ValueSource(strings = {"assess", "audit"})
    void keepTheStandard(String command) throws IOException {
        int code = Plimsoll.run(command, manifest.toString(), "--format", "sarif", "-o", report.toString());
        assertThat(code).isEqualTo(ExitCode.DONE);
        String text = Files.readString(report);
        assertThat(text).contains("po%20d.yaml\"").contains("\"startLine\" : ");
        assertThat(violations(text)).isEmpty();
    }

    private static List<Error> violations(String text) throws IOException {
        try (InputStream schema = SarifCommandsTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            String standard = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(standard, InputFormat.JSON)
                    .validate(text, InputFormat.JSON);
        }
    }

    @Test
    void anImagesReportKeepsItToo() throws IOException {
        Path root = Files.createDirectories(folder.resolve("root/srv/with blank"));
        Files.writeString(root.resolve("package.json"), "{\"name\": \"left\", \"version\": \"1.0.0\"}");
        Files.writeString(root.resolve(".env"), "DB_PASSWORD=hunter2hunter2\n");
        java.io.ByteArrayOutputStream written = new java.io.ByteArrayOutputStream();
        java.io.PrintStream before = System.out;
        System.setOut(new java.io.PrintStream(written, true, StandardCharsets.UTF_8));
        try {
            Plimsoll.run("scan", "dir:" + folder.resolve("root"), "--sbom-only", "--format", "sarif");
        } finally {
            System.setOut(before);
        }
        String text = written.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("secret/assignment").contains("srv/with%20blank/.env");
        assertThat(violations(text)).isEmpty();
    }

    @Test
    void anEarlierReportTellsWhatIsNew() throws IOException {
        Path earlier = folder.resolve("earlier.json");
        Plimsoll.run("assess", manifest.toString(), "--format", "json", "-o", earlier.toString());
        String path = manifest.toString();
        Plimsoll.run("assess", path, "--format", "sarif", "--previous", earlier.toString(), "-o", report.toString());
        assertThat(Files.readString(report)).contains("\"unchanged\"").doesNotContain("\"new\"");
        Files.writeString(manifest, PODS.replace("name: large", "name: small"));
        Plimsoll.run("assess", path, "--format", "sarif", "--previous", earlier.toString(), "-o", report.toString());
        assertThat(Files.readString(report)).contains("\"unchanged\"").contains("\"new\"");
    }
}
