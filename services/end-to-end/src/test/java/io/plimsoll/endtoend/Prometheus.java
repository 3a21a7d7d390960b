package io.plimsoll.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.testing.Ended;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** A real Prometheus that scrapes the platform's services each second. */
final class Prometheus implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static Prometheus scraping(Platform platform, Path binary, Path folder) throws IOException {
        StringBuilder config = new StringBuilder("""
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - job_name: plimsoll
                    metrics_path: /q/metrics
                    static_configs:
                """);
        for (String service : OneMachine.SERVICES) {
            config.append(String.format(
                    Locale.ROOT,
                    "      - {targets: [\"127.0.0.1:%d\"], labels: {service: %s}}%n",
                    platform.port(service),
                    service));
        }
        Path file = folder.resolve("prometheus.yaml");
        Files.writeString(file, config);
        int port = freePort();
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new Prometheus(process, port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Values by series; empty where the query gives nothing, or nothing that is a number. */
    SortedMap<String, String> query(String query) {
        SortedMap<String, String> values = new TreeMap<>();
        for (JsonNode each : get("query?query=" + encoded(query)).at("/data/result")) {
            String value = each.at("/value/1").asText();
            if (!value.equals("NaN")) {
                values.put(each.get("metric").toString(), value);
            }
        }
        return values;
    }

    /** Names of all metrics that begin so. */
    Iterable<JsonNode> names(String prefix) {
        return get("label/__name__/values?match[]=" + encoded("{__name__=~\"" + prefix + ".*\"}"))
                .get("data");
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/"
                                    + path.replace("[", "%5B").replace("]", "%5D")))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            // Not up yet: nothing is there.
            return JSON.createObjectNode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        Ended.end(process);
    }
}
