package io.plimsoll.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One user at the gateway's REST. */
final class Client {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGES_MAX = 10_000;

    private final Platform platform;
    private final String user;
    private String token = "";
    private long tokenSince;

    Client(Platform platform, String user) {
        this.platform = platform;
        this.user = user;
    }

    /** A request with a token that is not about to expire. */
    RequestSpecification request() {
        long now = System.nanoTime();
        if (token.isEmpty() || now - tokenSince > Duration.ofMinutes(2).toNanos()) {
            token = platform.token(user);
            tokenSince = now;
        }
        return RestAssured.given()
                .baseUri(platform.gateway().toString())
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + token);
    }

    String token() {
        request();
        return token;
    }

    /** Uploads an archive and gives the answer. */
    Response upload(String cluster, String source, String namespace, SortedMap<String, byte[]> files) {
        RequestSpecification request = request().contentType("application/gzip").body(Uploads.archive(files));
        if (!namespace.isEmpty()) {
            request = request.queryParam("namespace", namespace);
        }
        return request.put("/api/v1/clusters/" + cluster + "/sources/" + source + "/manifests");
    }

    /** Uploads one YAML file and gives the answer. */
    Response upload(String cluster, String source, String yaml) {
        return request()
                .contentType("application/yaml")
                .body(Uploads.bytes(yaml))
                .put("/api/v1/clusters/" + cluster + "/sources/" + source + "/manifests");
    }

    JsonNode get(String path) {
        Response answer = request().get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.asString());
        }
        return json(answer);
    }

    int status(String path) {
        return request().get(path).statusCode();
    }

    /** All items of all pages. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String page = path + (path.contains("?") ? "&" : "?") + "pageSize=500";
        String next = "";
        for (int n = 0; n < PAGES_MAX; n++) {
            JsonNode answer = get(next.isEmpty() ? page : page + "&pageToken=" + encoded(next));
            answer.get("items").forEach(items::add);
            JsonNode token = answer.get("nextPageToken");
            if (token == null || token.isNull() || token.asText().isEmpty()) {
                return items;
            }
            next = token.asText();
        }
        throw new AssertionError(path + " never ends");
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static JsonNode json(Response answer) {
        try {
            return JSON.readTree(answer.asByteArray());
        } catch (IOException e) {
            throw new AssertionError(answer.asString(), e);
        }
    }

    /** The stage of a scope; null while there is none. */
    @Nullable
    JsonNode stage(String scope) {
        Response answer = request().get("/api/v1/scopes/" + encoded(scope) + "/stage");
        return answer.statusCode() == 200 ? json(answer) : null;
    }

    /** The stage of a scope that must be there. */
    JsonNode present(String scope) {
        return get("/api/v1/scopes/" + encoded(scope) + "/stage");
    }

    /** Waits until the organisation's stage stands on this revision of the cluster, and is final. */
    JsonNode settled(String cluster, String revision) {
        return settled("organisation", Duration.ofSeconds(60), stage -> standsOn(stage, cluster, revision));
    }

    JsonNode settled(String scope, Duration most, Predicate<JsonNode> so) {
        JsonNode[] seen = new JsonNode[1];
        try {
            Platform.await("a stage of " + scope, most, () -> {
                JsonNode stage = stage(scope);
                seen[0] = stage;
                return stage != null && !stage.get("provisional").asBoolean() && so.test(stage);
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; last seen: " + seen[0], e);
        }
        return seen[0];
    }

    static boolean standsOn(JsonNode stage, String cluster, String revision) {
        for (JsonNode each : stage.get("clusters")) {
            if (each.get("cluster").asText().equals(cluster)) {
                return newerOrSame(each.get("revision").asText(), revision);
            }
        }
        return false;
    }

    private static boolean newerOrSame(String revision, String than) {
        String[] a = revision.split("\\.", -1);
        String[] b = than.split("\\.", -1);
        for (int n = 0; n < 2; n++) {
            int order = Long.compare(Long.parseLong(a[n]), Long.parseLong(b[n]));
            if (order != 0) {
                return order > 0;
            }
        }
        return true;
    }

    /** The revision an upload's answer names, {@code EPOCH.NUMBER}. */
    static String revision(Response upload) {
        if (upload.statusCode() / 100 != 2) {
            throw new AssertionError("upload answered " + upload.statusCode() + ": " + upload.asString());
        }
        return upload.header("ETag").replace("\"", "");
    }
}
