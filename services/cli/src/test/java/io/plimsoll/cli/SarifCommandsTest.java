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
        try (InputStream schema = getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            String standard = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                            .getSchema(standard, InputFormat.JSON)
                            .validate(text, InputFormat.JSON))
                    .isEmpty();
        }
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
