package io.plimsoll.embedded.keycloak;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** The few calls of Keycloak's HTTP interface that are needed here. */
final class Administration {

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    Administration(URI base) {
        this.base = base;
    }

    /** An access token from the token endpoint of a realm. */
    String token(String realm, Map<String, String> form) throws IOException, InterruptedException {
        String body = form.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(base.resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new IOException("no token from realm " + realm + ": " + answer.statusCode() + " " + answer.body());
        }
        return field(answer.body(), "access_token");
    }

    boolean realmExists(String realm, String token) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(authorised("/admin/realms/" + realm, token).GET());
        return switch (answer.statusCode()) {
            case 200 -> true;
            case 404 -> false;
            default -> throw refused("looking for realm " + realm, answer);
        };
    }

    void createRealm(String json, String token) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                send(authorised("/admin/realms", token).POST(HttpRequest.BodyPublishers.ofString(json)));
        if (answer.statusCode() != 201) {
            throw refused("creating the realm", answer);
        }
    }

    /** Adds what is missing; what is there stays as it is, people may have changed it. */
    void addMissing(String realm, String json, String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(authorised("/admin/realms/" + realm + "/partialImport", token)
                .POST(HttpRequest.BodyPublishers.ofString(skippingWhatExists(json))));
        if (answer.statusCode() != 200) {
            throw refused("adding to realm " + realm, answer);
        }
    }

    /** Keycloak refuses a whole import for one thing that exists, unless told otherwise in the document itself. */
    private static String skippingWhatExists(String json) {
        return json.contains("\"ifResourceExists\"")
                ? json
                : json.replaceFirst("\\{", "{\"ifResourceExists\": \"SKIP\", ");
    }

    private HttpRequest.Builder authorised(String path, String token) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static IOException refused(String doing, HttpResponse<String> answer) {
        return new IOException(doing + ": Keycloak answered " + answer.statusCode() + " " + answer.body());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String field(String json, String name) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME
                        && parser.currentName().equals(name)) {
                    return parser.nextTextValue();
                }
            }
        }
        throw new IOException("an answer without " + name);
    }
}
