package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What nobody should send: a problem that names limit and place, nothing stored by halves, and the platform stays up. */
class BadInputTest {

    private static final String CLUSTER = "bad-input";
    private static final String PATH = "/api/v1/clusters/" + CLUSTER + "/sources/files/manifests";

    private static Platform platform;
    private static Client admin;
    private static String revision;

    @BeforeAll
    static void upload() {
        platform = Platform.running();
        admin = new Client(platform, "admin");
        revision = Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("steady", "shop", 2, 1)));
        admin.settled(CLUSTER, revision);
    }

    private static void refused(Response answer, int status, String problem) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        JsonNode said = Client.json(answer);
        assertThat(said.get("status").asInt()).isEqualTo(status);
        assertThat(said.get("type").asText()).endsWith(problem);
        assertThat(said.get("title").asText()).isNotEmpty();
        assertThat(said.get("detail").asText()).isNotEmpty().doesNotContain("Exception");
        unchanged();
    }

    private static void unchanged() {
        assertThat(Client.standsOn(admin.get("/api/v1/scopes/organisation/stage"), CLUSTER, revision))
                .isTrue();
        assertThat(admin.get("/api/v1/clusters/" + CLUSTER).get("revision").asText())
                .isEqualTo(revision);
    }

    @Test
    void namesTheDocumentThatCannotBeRead() {
        StringBuilder yaml = new StringBuilder();
        for (int n = 1; n < 900; n++) {
            yaml.append("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c-")
                    .append(n)
                    .append("}\n---\n");
        }
        yaml.append("apiVersion: v1\nkind: [unclosed\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: last}\n");
        Response answer = admin.upload(CLUSTER, "files", yaml.toString());
        refused(answer, 422, "unprocessable");
        assertThat(answer.asString()).contains("900");
    }

    @Test
    void refusesAnArchiveThatUnpacksToFarMore() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("bomb.yaml");
            int size = 300 << 20;
            entry.setSize(size);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int n = 0; n < size >> 20; n++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }
        Response answer = admin.request()
                .contentType("application/gzip")
                .body(bytes.toByteArray())
                .put(PATH);
        refused(answer, 413, "too-large");
        assertThat(Client.json(answer).get("limit").asText()).isNotEmpty();
    }

    @Test
    void refusesNamesThatLeadOutOfTheArchive() {
        TreeMap<String, byte[]> files = new TreeMap<>();
        files.put("../../outside.yaml", Uploads.bytes(Shop.of("x", "shop", 1, 0)));
        Response answer = admin.upload(CLUSTER, "files", "", files);
        assertThat(answer.statusCode()).isIn(400, 422);
        assertThat(answer.asString()).contains("outside.yaml");
        unchanged();
    }

    @Test
    void refusesWhatWasMadeAgainstAnOlderRevision() {
        Response answer = admin.request()
                .contentType("application/yaml")
                .header("If-Match", "\"1.0\"")
                .body(Uploads.bytes(Shop.of("other", "shop", 1, 0)))
                .put(PATH);
        refused(answer, 412, "stale");
    }

    @Test
    void refusesWhoeverHasNoTokenOrOneThatIsNotForUs() {
        Response none =
                RestAssured.given().baseUri(platform.gateway().toString()).get("/api/v1/scopes");
        assertThat(none.statusCode()).isEqualTo(401);
        assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
        String[] parts = admin.token().split("\\.", -1);
        String other = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"plimsoll\"", "\"others\"");
        String forged = parts[0] + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(Uploads.bytes(other))
                + "." + parts[2];
        String unsigned = Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Uploads.bytes("{\"alg\":\"none\",\"typ\":\"JWT\"}"))
                + "." + parts[1] + ".";
        for (String token : new String[] {forged, unsigned, "nonsense"}) {
            Response answer = RestAssured.given()
                    .baseUri(platform.gateway().toString())
                    .header("Authorization", "Bearer " + token)
                    .get("/api/v1/scopes");
            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }

    @Test
    void refusesADeclarationOfNothingItKnows() {
        Response answer = admin.request()
                .contentType("application/yaml")
                .body(Uploads.bytes("format: plimsoll.declarations/v1\nunheard: [of]\n"))
                .put("/api/v1/declarations?source=bad");
        refused(answer, 422, "unprocessable");
        assertThat(answer.asString()).contains("unheard");
    }

    @Test
    void saysWhatIsNotThere() {
        Response answer = admin.request().get("/api/v1/scopes/cluster%2Fnowhere/stage");
        refused(answer, 404, "not-found");
        Response page = admin.request().get("/api/v1/scopes?pageSize=501");
        refused(page, 400, "malformed");
        Response token = admin.request().get("/api/v1/findings?pageToken=abc");
        assertThat(token.statusCode()).isEqualTo(400);
    }
}
