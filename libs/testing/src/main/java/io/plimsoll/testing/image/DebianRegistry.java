package io.plimsoll.testing.image;

import io.plimsoll.testing.Ended;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Debian's {@code docker-registry} on loopback, with one user by Basic authorisation, for as long as a test needs it. */
public final class DebianRegistry implements AutoCloseable {

    public static final String USER = "ci";
    public static final String PASSWORD = "ci-pass";
    // Of PASSWORD, by bcrypt: the only form this registry reads.
    private static final String ENTRY = USER + ":$2y$05$/rqk2CdZg.2hT15ThBxSjuWiQM6A4CKTljiHTStAwqqrWj06AK8l.\n";
    private static final long SECONDS_MAX = 20;

    private final Process process;
    private final String host;
    private final Path log;

    private DebianRegistry(Process process, String host, Path log) {
        this.process = process;
        this.host = host;
        this.log = log;
    }

    /** @param folder its configuration and content, which must not be there yet */
    public static DebianRegistry start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path users = Files.writeString(folder.resolve("htpasswd"), ENTRY);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path config = Files.writeString(
                folder.resolve("registry.yml"), """
                version: 0.1
                log: {accesslog: {disabled: true}, level: warn}
                storage: {filesystem: {rootdirectory: "%s"}}
                http: {addr: "127.0.0.1:%d"}
                auth: {htpasswd: {realm: plimsoll, path: "%s"}}
                """.formatted(folder.resolve("content"), port, users));
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        DebianRegistry registry = new DebianRegistry(process, "127.0.0.1:" + port, log);
        registry.awaitAnswer();
        return registry;
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                HttpURLConnection asked = (HttpURLConnection)
                        URI.create("http://" + host + "/v2/").toURL().openConnection();
                if (asked.getResponseCode() == 401) {
                    return;
                }
            } catch (java.net.ConnectException e) {
                // Not listening yet.
            }
            process.waitFor(100, TimeUnit.MILLISECONDS);
        }
        String said = Files.readString(log);
        close();
        throw new IllegalStateException("docker-registry does not answer: " + said);
    }

    /** Pushes a blob in one piece (distribution specification, "Pushing a blob monolithically"). */
    public void putBlob(String repository, String digest, byte[] content) throws IOException {
        HttpURLConnection started = send("POST", "/v2/" + repository + "/blobs/uploads/", "", new byte[0]);
        String location = started.getHeaderField("Location");
        String path = location.substring(location.indexOf("/v2/"));
        send("PUT", path + (path.contains("?") ? "&" : "?") + "digest=" + digest, "application/octet-stream", content);
    }

    public void putManifest(String repository, String tag, String manifest) throws IOException {
        send(
                "PUT",
                "/v2/" + repository + "/manifests/" + tag,
                "application/vnd.oci.image.manifest.v1+json",
                manifest.getBytes(StandardCharsets.UTF_8));
    }

    private HttpURLConnection send(String method, String path, String type, byte[] content) throws IOException {
        HttpURLConnection asked =
                (HttpURLConnection) URI.create("http://" + host + path).toURL().openConnection();
        asked.setRequestMethod(method);
        asked.setDoOutput(true);
        asked.setRequestProperty(
                "Authorization",
                "Basic "
                        + Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8)));
        if (!type.isEmpty()) {
            asked.setRequestProperty("Content-Type", type);
        }
        try (OutputStream out = asked.getOutputStream()) {
            out.write(content);
        }
        if (asked.getResponseCode() >= 300) {
            throw new IllegalStateException(method + " " + path + ": " + asked.getResponseCode());
        }
        return asked;
    }

    public String host() {
        return host;
    }

    @Override
    public void close() {
        Ended.end(process);
    }
}
