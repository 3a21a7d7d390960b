package io.plimsoll.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.PutDeclarationsRequest;
import io.plimsoll.api.inventory.v1.PutDeclarationsResponse;
import io.plimsoll.api.inventory.v1.UploadHeader;
import io.plimsoll.api.inventory.v1.UploadManifestsRequest;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.api.kernel.v1.Coverage;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.gateway.upload.Tars;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes in: whole or not at all. */
@QuarkusTest
@SuppressWarnings("NullAway.Init")
class UploadTest extends DoorTest {

    private static final String PATH = "/api/v1/clusters/prod/sources/git/manifests";
    private static final MethodDescriptor<UploadManifestsRequest, UploadManifestsResponse> UPLOAD =
            InventoryServiceGrpc.getUploadManifestsMethod();

    private static final UploadManifestsResponse FIRST = UploadManifestsResponse.newBuilder()
            .setRevision(Revision.newBuilder().setEpoch(1).setNumber(1))
            .setAdded(2)
            .build();

    @TestHTTPResource
    URI door;

    @ConfigProperty(name = "plimsoll.gateway.data")
    Path data;

    @AfterEach
    void nothingIsLeftInTheSpool() throws IOException {
        try (Stream<Path> left = Files.list(data.resolve("spool"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void oneFileOfYaml() {
        fakes.answer(UPLOAD, FIRST);
        put("application/yaml", "kind: Pod\n".getBytes(UTF_8), PATH + "?file=shop/pod.yaml&namespace=shop")
                .statusCode(201)
                .contentType("application/json")
                .header("ETag", "\"1.1\"")
                .body("cluster", equalTo("prod"))
                .body("source", equalTo("git"))
                .body("revision", equalTo("1.1"))
                .body("added", equalTo(2))
                .body("coverage.size()", equalTo(0));
        assertThat(header())
                .isEqualTo(UploadHeader.newBuilder()
                        .setCluster("prod")
                        .setSource("git")
                        .setNamespace("shop")
                        .setRegister(true)
                        .build());
        assertThat(files()).containsExactly(Map.entry("shop/pod.yaml", "kind: Pod\n"));
    }

    @Test
    void oneFileOfJson() {
        fakes.answer(UPLOAD, FIRST);
        put("application/json; charset=utf-8", "{}".getBytes(UTF_8), PATH).statusCode(201);
        assertThat(files()).containsExactly(Map.entry("manifests.json", "{}"));
    }

    @Test
    void anArchiveOfManyFilesInTheOrderOfTheirNames() {
        fakes.answer(
                UPLOAD,
                UploadManifestsResponse.newBuilder()
                        .setRevision(Revision.newBuilder().setEpoch(1).setNumber(8))
                        .setChanged(1)
                        .addCoverage(
                                Coverage.newBuilder().setKind("parse-error").setText("b.yaml cannot be read"))
                        .build());
        byte[] tar = new Tars()
                .file("./b.yaml", "b")
                .file("a/c.yml", "c")
                .file("README.md", "#")
                .bytes();
        for (String type : List.of("application/x-tar", "application/gzip", "application/x-tar+gzip")) {
            fakes.answer(UPLOAD, FIRST.toBuilder().setUnchanged(1).build());
            put(type, type.equals("application/x-tar") ? tar : Tars.gzip(tar), PATH)
                    .statusCode(200)
                    .body("coverage[0].kind", equalTo("not-a-manifest"))
                    .body("coverage[0].source.file", equalTo("README.md"));
        }
        assertThat(files()).containsExactly(Map.entry("a/c.yml", "c"), Map.entry("b.yaml", "b"));
    }

    @Test
    void aLargeOneIsPassedOnInPieces() {
        fakes.answer(UPLOAD, FIRST);
        String text = "# a line of a comment, quite long\n".repeat(40_000);
        put("application/yaml", text.getBytes(UTF_8), PATH).statusCode(201);
        assertThat(files()).containsExactly(Map.entry("manifests.yaml", text));
        assertThat(parts()).hasSizeGreaterThan(4);
    }

    @Test
    void ifMatchBindsAnUploadToARevision() {
        fakes.refuse(UPLOAD, new ProblemException(Problem.STALE, "the cluster is at 1.18").at("expected_revision"));
        as("admin")
                .contentType("application/yaml")
                .header("If-Match", "\"1.17\"")
                .header("Idempotency-Key", "key-1")
                .body("a: 1".getBytes(UTF_8))
                .put(PATH)
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:plimsoll:problem:stale"))
                .body("detail", equalTo("the cluster is at 1.18"));
        assertThat(header().getExpectedRevision()).isEqualTo("1.17");
        assertThat(header().getIdempotencyKey()).isEqualTo("key-1");
        assertThat(header().getRegister()).isFalse();
    }

    @Test
    void ifMatchOfAClusterThatIsNotThereIsStale() {
        fakes.refuse(UPLOAD, new ProblemException(Problem.NOT_FOUND, "no such cluster"));
        for (String tag : List.of("*", "\"1.1\"")) {
            as("admin")
                    .contentType("application/yaml")
                    .header("If-Match", tag)
                    .body("a: 1".getBytes(UTF_8))
                    .put(PATH)
                    .then()
                    .statusCode(412)
                    .body("place", equalTo("If-Match"));
        }
        as("admin")
                .contentType("application/yaml")
                .header("If-Match", "W/\"1.1\"")
                .body("a: 1".getBytes(UTF_8))
                .put(PATH)
                .then()
                .statusCode(412);
    }

    @Test
    void aDocumentThatInventoryRefusesIsNamed() {
        fakes.refuse(
                UPLOAD,
                new ProblemException(Problem.TOO_LARGE, "a document is too large")
                        .at("shop/web.yaml, document 900, line 12")
                        .over("3145728 bytes"));
        put("application/yaml", "a: 1".getBytes(UTF_8), PATH)
                .statusCode(413)
                .body("place", equalTo("shop/web.yaml, document 900, line 12"))
                .body("limit", equalTo("3145728 bytes"));
    }

    @Test
    void whatLeadsElsewhereIsRefused() {
        for (String name : List.of("../a.yaml", "/etc/a.yaml", "a/../../b.yaml")) {
            put("application/gzip", new Tars().file(name, "a").gzip(), PATH)
                    .statusCode(422)
                    .contentType("application/problem+json")
                    .body("place", equalTo(name));
        }
        put("application/yaml", "a".getBytes(UTF_8), PATH + "?file=../a.yaml").statusCode(422);
        put("application/yaml", "a".getBytes(UTF_8), PATH + "?file=a.exe").statusCode(422);
        nothingWasAsked();
    }

    @Test
    void aBombIsRefused() {
        byte[] bomb = new Tars().entry("a.yaml", '0', new byte[128 << 20], "").gzip();
        assertThat(bomb.length).isLessThan(1 << 20);
        put("application/gzip", bomb, PATH)
                .statusCode(413)
                .body("type", equalTo("urn:plimsoll:problem:too-large"))
                .body("limit", equalTo("100 times"))
                .body("detail", containsString("unpacks"));
        nothingWasAsked();
    }

    @Test
    void damageAndOtherTypesAreRefused() {
        byte[] gzip = new Tars().file("a.yaml", "a").gzip();
        put("application/gzip", java.util.Arrays.copyOf(gzip, gzip.length - 9), PATH)
                .statusCode(400)
                .body("place", containsString("byte "));
        put("application/gzip", "kind: Pod".getBytes(UTF_8), PATH).statusCode(400);
        put("application/zip", gzip, PATH).statusCode(415).body("place", equalTo("Content-Type"));
        as("admin")
                .contentType("application/yaml")
                .header("Content-Encoding", "gzip")
                .body(gzip)
                .put(PATH)
                .then()
                .statusCode(415)
                .body("place", equalTo("Content-Encoding"));
        put("application/yaml", "a".getBytes(UTF_8), PATH + "?mode=live")
                .statusCode(422)
                .body("place", equalTo("mode"));
        nothingWasAsked();
    }

    @Test
    void aBodyOverTheBoundIsRefusedWhetherAnnouncedOrNot() throws IOException, InterruptedException {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            HttpRequest streamed = HttpRequest.newBuilder(door.resolve(PATH))
                    .header("Authorization", "Bearer " + tokens.of("admin"))
                    .header("Content-Type", "application/yaml")
                    .timeout(Duration.ofSeconds(60))
                    .PUT(HttpRequest.BodyPublishers.ofInputStream(() -> new Endless(65L << 20)))
                    .build();
            HttpResponse<String> answer = http.send(streamed, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("67108864 bytes");
        }
        // Announced: refused before a byte of it was sent.
        String head = "PUT " + PATH + " HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer " + tokens.of("admin")
                + "\r\nContent-Type: application/yaml\r\nContent-Length: 67108865\r\n\r\n";
        assertThat(raw(head)).startsWith("HTTP/1.1 413").contains("67108864 bytes");
        nothingWasAsked();
    }

    @Test
    void noMoreThanMayComeInAtATimeAndWhoGoesAwayMakesRoom() throws IOException {
        fakes.answer(UPLOAD, FIRST);
        String unfinished = "PUT " + PATH + " HTTP/1.1\r\nHost: door\r\nAuthorization: Bearer " + tokens.of("admin")
                + "\r\nContent-Type: application/yaml\r\nContent-Length: 1000000\r\n\r\n" + "# a line\n".repeat(10_000);
        List<Socket> clients = new ArrayList<>();
        try {
            // One of these may itself be refused while a question of ours holds a place: then another takes it.
            Poll.until(() -> {
                clients.add(begun(unfinished));
                return clients.size() >= 8
                        && put("application/yaml", "a: 1".getBytes(UTF_8), PATH)
                                        .extract()
                                        .statusCode()
                                == 429;
            });
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        Poll.until(() ->
                put("application/yaml", "a: 1".getBytes(UTF_8), PATH).extract().statusCode() == 201);
        assertThat(fakes.asked(UPLOAD))
                .allSatisfy(asked -> assertThat((List<?>) asked.question()).hasSize(2));
    }

    @Test
    void declarationsGoInAsOneFile() {
        MethodDescriptor<PutDeclarationsRequest, PutDeclarationsResponse> method =
                InventoryServiceGrpc.getPutDeclarationsMethod();
        fakes.answer(
                method,
                PutDeclarationsResponse.newBuilder().setNumber(5).setChanged(2).build());
        String path = "/api/v1/declarations?file=plimsoll.yaml";
        put("application/yaml", "format: plimsoll.declarations/v1".getBytes(UTF_8), path)
                .statusCode(200)
                .body("source", equalTo("default"))
                .body("number", equalTo(5))
                .body("changed", equalTo(2));
        assertThat(fakes.asked(method).getFirst().question())
                .isEqualTo(PutDeclarationsRequest.newBuilder()
                        .setSource("default")
                        .setFile("plimsoll.yaml")
                        .setDocument(ByteString.copyFromUtf8("format: plimsoll.declarations/v1"))
                        .build());
        put("application/yaml", new byte[(4 << 20) + 1], path).statusCode(413).body("limit", equalTo("4194304 bytes"));
        put("application/gzip", new byte[1], path).statusCode(415);
        assertThat(fakes.asked(method)).hasSize(1);
    }

    private ValidatableResponse put(String type, byte[] body, String path) {
        return as("admin").contentType(type).body(body).put(path).then();
    }

    private Socket begun(String request) {
        try {
            Socket socket = new Socket(door.getHost(), door.getPort());
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(door.getHost(), door.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(UTF_8));
            out.flush();
            byte[] answer = new byte[4_096];
            int length = 0;
            InputStream in = socket.getInputStream();
            int count;
            while (length < answer.length && (count = in.read(answer, length, answer.length - length)) >= 0) {
                length += count;
            }
            return new String(answer, 0, length, UTF_8);
        }
    }

    private void nothingWasAsked() {
        assertThat(fakes.asked(UPLOAD)).isEmpty();
    }

    private List<?> parts() {
        return (List<?>) fakes.asked(UPLOAD).getLast().question();
    }

    private UploadHeader header() {
        return ((UploadManifestsRequest) parts().getFirst()).getHeader();
    }

    private Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        parts().stream()
                .skip(1)
                .map(part -> ((UploadManifestsRequest) part).getChunk())
                .forEach(
                        chunk -> files.merge(chunk.getFile(), chunk.getContent().toStringUtf8(), String::concat));
        return files;
    }

    /** Comment lines without end, up to a length. */
    private static final class Endless extends InputStream {
        private long left;

        Endless(long length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? '#' : -1;
        }

        @Override
        public int read(byte[] into, int start, int length) {
            if (left <= 0) {
                return -1;
            }
            int count = (int) Math.min(length, left);
            java.util.Arrays.fill(into, start, start + count, (byte) '#');
            left -= count;
            return count;
        }
    }
}
