package io.plimsoll.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A listener to server-sent events. */
final class Events implements AutoCloseable {

    /** One event as it came. */
    record Event(String id, String name, JsonNode data) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Event> seen = new CopyOnWriteArrayList<>();
    private final HttpClient http;
    private final InputStream body;
    private final Thread reader;

    private Events(HttpClient http, InputStream body) {
        this.http = http;
        this.body = body;
        this.reader = new Thread(this::read, "events");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** @param after the last event seen before; null for new ones only */
    static Events open(Platform platform, Client client, @Nullable String after) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(platform.gateway() + "/api/v1/events"))
                .header("Authorization", "Bearer " + client.token())
                .header("Accept", "text/event-stream");
        if (after != null) {
            request.header("Last-Event-ID", after);
        }
        try {
            HttpClient http =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            HttpResponse<InputStream> answer =
                    http.send(request.GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new AssertionError("events answered " + answer.statusCode());
            }
            return new Events(http, answer.body());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    List<Event> seen() {
        return seen;
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "message";
            StringBuilder data = new StringBuilder();
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        seen.add(new Event(id, name, JSON.readTree(data.toString())));
                    }
                    data.setLength(0);
                    name = "message";
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            // Ended anyway.
        }
        // JDK 21 on: ends its threads; the stream it waits for was closed above.
        http.shutdownNow();
    }
}
