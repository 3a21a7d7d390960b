package io.plimsoll.cli.up;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The gateway's REST, as far as the command line writes to it. */
final class GatewayClient {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int DETAIL_CHARACTERS_MAX = 400;

    /** Where a bearer token comes from; a fresh one for each request, they live for minutes. */
    interface Tokens {
        String token() throws IOException, InterruptedException;
    }

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI gateway;
    private final Tokens tokens;

    GatewayClient(URI gateway, Tokens tokens) {
        this.gateway = gateway;
        this.tokens = tokens;
    }

    /** @throws IOException when it is refused, with what the gateway says */
    void putDeclarations(String source, byte[] document) throws IOException, InterruptedException {
        put(
                "/api/v1/declarations?source=" + source,
                "application/yaml",
                HttpRequest.BodyPublishers.ofByteArray(document));
    }

    /**
     * @param archive a gzipped tar of manifests
     * @throws IOException when it is refused, with what the gateway says
     */
    void putManifests(String cluster, String source, String namespace, byte[] archive)
            throws IOException, InterruptedException {
        String query = namespace.isEmpty() ? "" : "?namespace=" + namespace;
        put(
                "/api/v1/clusters/" + cluster + "/sources/" + source + "/manifests" + query,
                "application/gzip",
                HttpRequest.BodyPublishers.ofByteArray(archive));
    }

    /**
     * How far refilling the topics is.
     *
     * @param pending clusters still to be written, the declarations counted as one
     * @param outboxRecords records that wait for the broker
     */
    record Rebuild(long pending, long outboxRecords) {
        boolean done() {
            return pending == 0 && outboxRecords == 0;
        }
    }

    /**
     * @param begin whether to begin; else only how far it is
     * @throws IOException when it is refused, with what the gateway says
     */
    Rebuild rebuild(boolean begin) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/api/v1/topics:rebuild");
        String answer = send(
                "/api/v1/topics:rebuild",
                (begin ? request.POST(HttpRequest.BodyPublishers.noBody()) : request.GET()).build());
        return new Rebuild(number(answer, "pending"), number(answer, "outboxRecords"));
    }

    /**
     * A credential for the sensor of a live cluster, which is registered where it is unknown.
     *
     * @throws IOException when it is refused, with what the gateway says
     */
    String issueCredential(String cluster) throws IOException, InterruptedException {
        String path = "/api/v1/clusters/" + cluster + "/credentials";
        String answer = send(
                path, request(path).POST(HttpRequest.BodyPublishers.noBody()).build());
        try (JsonParser parser = JsonFactory.builder().build().createParser(answer)) {
            while (parser.nextToken() != null) {
                if ("secret".equals(parser.currentName()) && parser.currentToken() == JsonToken.VALUE_STRING) {
                    return parser.getText();
                }
            }
        }
        throw new IOException("the gateway's answer has no secret");
    }

    private static long number(String json, String field) throws IOException {
        try (JsonParser parser = JsonFactory.builder().build().createParser(json)) {
            while (parser.nextToken() != null) {
                if (field.equals(parser.currentName()) && parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
                    return parser.getLongValue();
                }
            }
        }
        throw new IOException("the gateway's answer has no " + field);
    }

    private void put(String path, String type, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        send(path, request(path).header("Content-Type", type).PUT(body).build());
    }

    private HttpRequest.Builder request(String path) throws IOException, InterruptedException {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .timeout(ANSWER_WITHIN)
                .header("Authorization", "Bearer " + tokens.token());
    }

    private String send(String path, HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            String said = answer.body();
            throw new IOException(path + " answered " + answer.statusCode() + ": "
                    + said.substring(0, Math.min(said.length(), DETAIL_CHARACTERS_MAX)));
        }
        return answer.body();
    }
}
