package io.plimsoll.imagescan;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plimsoll.scanning.reference.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/**
 * A registry on loopback with Basic authorisation; what lies below {@code open/} is given to anybody. It answers {@code /asked?PART} with how often a
 * path that holds PART was asked for.
 */
final class SmallRegistry implements AutoCloseable {

    static final String USER = "ci";
    static final String PASSWORD = "ci-pass";
    private static final String API = "/api/v2.0";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    SmallRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Pushes an image of one layer with one npm package.
     *
     * @param labels of its configuration, as JSON members
     * @return its digest
     */
    String push(String repository, String tag, String pack, String version, String labels) throws IOException {
        byte[] layer = gzip(tar(
                "srv/node_modules/" + pack + "/package.json",
                "{\"name\":\"" + pack + "\",\"version\":\"" + version + "\"}"));
        byte[] config = bytes("{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"Labels\":{" + labels + "}}}");
        byte[] manifest = bytes("{\"schemaVersion\":2,\"config\":{" + blob(repository, config) + "},\"layers\":[{"
                + blob(repository, layer) + "}]}");
        String digest = Digest.sha256(manifest).toString();
        content.put("/v2/" + repository + "/manifests/" + digest, manifest);
        content.put("/v2/" + repository + "/manifests/" + tag, manifest);
        return digest;
    }

    /** What Harbor's API says of a project: nobody but its members and one robot account of its own, or anybody. */
    void project(String name, boolean open) {
        content.put(
                API + "/projects/" + name,
                bytes("{\"project_id\": 1, \"metadata\": {\"public\": \"" + open + "\", \"auto_scan\": \"true\","
                        + " \"prevent_vul\": \"true\", \"severity\": \"critical\"}}"));
        content.put(
                API + "/projects/" + name + "/members",
                bytes("[{\"entity_name\": \"ann\", \"entity_type\": \"u\", \"role_id\": 1}]"));
        content.put(
                API + "/robots",
                bytes("[{\"name\": \"robot$shop+ci\", \"expires_at\": -1, \"permissions\": [{\"kind\": \"project\","
                        + " \"namespace\": \"shop\", \"access\": [{\"resource\": \"repository\","
                        + " \"action\": \"push\"}]}]}]"));
    }

    private String blob(String repository, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        content.put("/v2/" + repository + "/blobs/" + digest, bytes);
        return "\"digest\":\"" + digest + "\",\"size\":" + bytes.length;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/asked")) {
                String part = exchange.getRequestURI().getQuery();
                answer(
                        exchange,
                        bytes(Long.toString(requests.stream()
                                .filter(asked -> asked.contains(part))
                                .count())));
                return;
            }
            String expected = "Basic " + Base64.getEncoder().encodeToString(bytes(USER + ":" + PASSWORD));
            boolean known = expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!known && !path.startsWith("/v2/open/")) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"small\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            requests.add(path);
            byte[] found = content.get(path);
            if (found == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            answer(exchange, found);
        }
    }

    private static void answer(HttpExchange exchange, byte[] found) throws IOException {
        exchange.sendResponseHeaders(200, found.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(found);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(plain);
        }
        return out.toByteArray();
    }

    /** POSIX ustar with one file. */
    private static byte[] tar(String name, String text) {
        byte[] file = bytes(text);
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format(java.util.Locale.ROOT, "%011o\0", file.length));
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar\0" + "00");
        int sum = 0;
        for (byte each : header) {
            sum += each & 0xff;
        }
        put(header, 148, String.format(java.util.Locale.ROOT, "%06o\0 ", sum));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header);
        out.writeBytes(file);
        out.writeBytes(new byte[(512 - file.length % 512) % 512 + 1_024]);
        return out.toByteArray();
    }

    private static void put(byte[] into, int at, String text) {
        byte[] bytes = bytes(text);
        System.arraycopy(bytes, 0, into, at, bytes.length);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
