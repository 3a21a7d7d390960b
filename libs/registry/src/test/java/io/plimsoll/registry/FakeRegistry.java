package io.plimsoll.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.plimsoll.scanning.reference.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A registry on loopback with one image {@code team/app:1}, and whatever manners a test gives it. */
final class FakeRegistry implements AutoCloseable {

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<String, byte[]> content = new HashMap<>();
    final byte[] layer;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpHandler manners = exchange -> {};

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        layer = gzip(tar("etc/os-release", "ID=alpine\nVERSION_ID=3.19\n"));
        String config = "{\"os\":\"linux\",\"architecture\":\"amd64\"}";
        String manifest = "{\"schemaVersion\":2,\"config\":{" + blob(config.getBytes(StandardCharsets.UTF_8))
                + "},\"layers\":[{" + blob(layer) + "}]}";
        content.put("/v2/team/app/manifests/1", manifest.getBytes(StandardCharsets.UTF_8));
        server.createContext("/", this::handle);
        server.start();
    }

    private String blob(byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        content.put("/v2/team/app/blobs/" + digest, bytes);
        return "\"digest\":\"" + digest + "\",\"size\":" + bytes.length;
    }

    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    String blobPath() {
        return "/v2/team/app/blobs/" + Digest.sha256(layer);
    }

    /** Handled first; what it answers stands, what it leaves is served as usual. */
    void behave(HttpHandler handler) {
        manners = handler;
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestURI() + " auth="
                + exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
        try (exchange) {
            manners.handle(exchange);
            if (exchange.getResponseCode() >= 0) {
                return;
            }
            byte[] found = content.get(exchange.getRequestURI().getPath());
            answer(exchange, found == null ? 404 : 200, found == null ? new byte[0] : found);
        }
    }

    static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] tar(String name, String text) {
        byte[] file = new byte[512 * 4];
        put(file, 0, name);
        put(file, 100, "0000644\0");
        put(file, 108, "0000000\0");
        put(file, 124, String.format("%011o\0", text.length()));
        put(file, 148, "        ");
        file[156] = '0';
        put(file, 257, "ustar\00000");
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += file[i] & 0xff;
        }
        put(file, 148, String.format("%06o\0 ", sum));
        put(file, 512, text);
        return file;
    }

    private static void put(byte[] file, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, file, at, bytes.length);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
