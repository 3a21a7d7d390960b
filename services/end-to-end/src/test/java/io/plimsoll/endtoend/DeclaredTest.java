package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.assessment.declaration.DeclarationsReader;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.testing.Fixtures;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The law of laws with declarations in force: owners, registries, attestations, a waiver; and again when they are withdrawn. */
class DeclaredTest {

    private static final Duration MOST = Duration.ofSeconds(60);
    private static final String NOTHING = "format: plimsoll.declarations/v1\n";

    @Test
    void givesTheBytesOfAssessWithTheExamplesDeclarations() throws IOException {
        Client admin = new Client(Platform.running(), "admin");
        Path examples = Fixtures.repository().resolve("deploy/examples");
        upload(admin, examples);
        Instant now = Instant.now();
        // A waiver that stands and an acknowledgement that counts, whatever the day.
        String text = Files.readString(examples.resolve("declarations.yaml"))
                .replace(
                        "expires: 2026-09-30",
                        "expires: " + now.plus(Duration.ofDays(90)).toString().substring(0, 10))
                .replace(
                        "acknowledged: 2026-05-20",
                        "acknowledged: "
                                + now.minus(Duration.ofDays(3)).toString().substring(0, 10));
        try {
            put(admin, text);
            Declarations declared =
                    DeclarationsReader.read("declarations.yaml", new ByteArrayInputStream(Uploads.bytes(text)));
            same("declared", admin, declared);
            assertThat(admin.all("/api/v1/findings?includeWaived=true").stream()
                            .filter(finding -> finding.get("status").asText().equals("WAIVED")))
                    .isNotEmpty();
            assertThat(admin.all("/api/v1/findings"))
                    .noneMatch(finding -> finding.get("status").asText().equals("WAIVED"));
        } finally {
            put(admin, NOTHING);
        }
        same("withdrawn", admin, Declarations.NONE);
    }

    private static void put(Client admin, String text) {
        Response answer = admin.request()
                .contentType("application/yaml")
                .body(Uploads.bytes(text))
                .put("/api/v1/declarations?source=declared");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    }

    /** A declaration reaches every cluster in its own time; what is compared is where that ends. */
    private static void same(String name, Client admin, Declarations declared) throws IOException {
        Platform.await(name + ": the organisation as assessed", MOST, () -> {
            JsonNode stage = admin.present("organisation");
            return !stage.get("provisional").asBoolean()
                    && stage.get("measured").toString().equals(LawTest.organisation(assessed(stage, declared)));
        });
        LawTest.same(name, admin, assessed(admin.present("organisation"), declared), scope -> true);
    }

    private static io.plimsoll.assessment.AssessmentResult assessed(JsonNode stage, Declarations declared) {
        return Uploaded.estate()
                .assessed(declared, Instant.parse(stage.get("asOf").asText()));
    }

    private static void upload(Client admin, Path examples) throws IOException {
        Value estate;
        try (InputStream in = Files.newInputStream(examples.resolve("estate.yaml"))) {
            estate = SingleDocument.read("estate.yaml", in);
        }
        for (Value cluster : estate.items("clusters")) {
            for (Value source : cluster.items("sources")) {
                String path = source.text("path");
                TreeMap<String, byte[]> files = new TreeMap<>();
                try (Stream<Path> below = Files.walk(examples.resolve(path))) {
                    for (Path file : below.filter(Files::isRegularFile).toList()) {
                        files.put(examples.relativize(file).toString(), Files.readAllBytes(file));
                    }
                }
                admin.settled(
                        cluster.text("name"),
                        Uploaded.put(admin, new Estate.Upload(cluster.text("name"), path, "", files)));
            }
        }
    }
}
