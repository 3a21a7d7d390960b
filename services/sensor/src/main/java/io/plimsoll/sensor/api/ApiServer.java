package io.plimsoll.sensor.api;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.plimsoll.kubernetes.value.Canonical;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.stream.ListReader;
import io.plimsoll.sensing.stream.WatchEvent;
import io.plimsoll.sensing.stream.WatchReader;
import io.plimsoll.sensor.SensorConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Kubernetes API of one cluster, asked with GET and nothing else. Connections, certificates and tokens are the client library's, its retries
 * are not: whoever asks decides when to ask again. Any thread.
 */
public final class ApiServer implements AutoCloseable {

    /** Connections of before that may still be read from; the oldest of more is closed. */
    private static final int FORMER_MAX = 2;

    private static final Duration RETRY_MAX = Duration.ofMinutes(5);

    /** How often at most it is looked whether the files of the connection are others by now. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

    private final SensorConfig sensor;
    private final Duration answerWithin;
    private volatile Connection connection;
    private long looked;
    private final Deque<Connection> former = new ArrayDeque<>();

    /**
     * A client with the certificates and tokens of one moment.
     *
     * @param files what it was made of, by path; see {@link #files}
     */
    private record Connection(KubernetesClient client, HttpClient http, String root, Map<Path, String> files) {}

    private ApiServer(SensorConfig sensor) throws IOException {
        this.sensor = sensor;
        this.answerWithin = sensor.answerWithin();
        this.connection = connect(sensor);
    }

    /** @throws IOException when the file of the configuration cannot be read */
    public static ApiServer of(SensorConfig sensor) throws IOException {
        return new ApiServer(sensor);
    }

    private static Connection connect(SensorConfig sensor) throws IOException {
        Optional<Path> file = sensor.kubeconfig();
        Config config = file.isEmpty()
                ? new ConfigBuilder().build()
                : Config.fromKubeconfig(
                        sensor.context().orElse(null),
                        Files.readString(file.get()),
                        file.get().toString());
        Map<Path, String> files = files(file, config);
        config.setRequestRetryBackoffLimit(0);
        // An answer may stream for as long as a watch lasts; how long one may be silent is measured here.
        config.setRequestTimeout(0);
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        String root = config.getMasterUrl().replaceAll("/+$", "");
        return new Connection(client, client.getHttpClient(), root, files);
    }

    /** Hashes of the files that say who one is: the kubeconfig, and certificates and keys it names. Tokens in files are the client's to read. */
    private static Map<Path, String> files(Optional<Path> kubeconfig, Config config) {
        Map<Path, String> files = new HashMap<>();
        kubeconfig.ifPresent(file -> files.put(file, hash(file)));
        for (String file :
                new String[] {config.getCaCertFile(), config.getClientCertFile(), config.getClientKeyFile()}) {
            if (file != null && !file.isBlank()) {
                files.put(Path.of(file), hash(Path.of(file)));
            }
        }
        return files;
    }

    private static String hash(Path file) {
        try {
            return HexFormat.of().formatHex(Canonical.sha256(Files.readAllBytes(file)));
        } catch (IOException e) {
            // It is just being replaced.
            return "";
        }
    }

    /**
     * Connects anew where the files are others than those the connection was made of: certificates and tokens are rotated while this runs. Watches
     * of before go on until they end.
     *
     * @return whether it did
     */
    @SuppressWarnings("ReferenceEquality")
    private synchronized boolean renewed(Connection failed) {
        if (connection != failed) {
            return true;
        }
        long now = System.nanoTime();
        if (looked != 0 && now - looked < LOOK_EVERY.toNanos()) {
            return false;
        }
        looked = now;
        boolean same = failed.files().entrySet().stream()
                .allMatch(each -> hash(each.getKey()).equals(each.getValue()));
        if (same) {
            return false;
        }
        try {
            connection = connect(sensor);
        } catch (IOException | RuntimeException e) {
            // Half a file is none: the next failure looks again.
            return false;
        }
        // Not closed here: what still reads from it reads to its end.
        former.add(failed);
        while (former.size() > FORMER_MAX) {
            former.removeFirst().client().close();
        }
        return true;
    }

    /** Where it is. */
    public String address() {
        return connection.root();
    }

    /**
     * @param pathAndQuery from the root of the API
     * @throws IOException when no answer begins in time, or the connection breaks
     */
    public Answer get(String pathAndQuery) throws IOException, InterruptedException {
        Connection present = connection;
        try {
            Answer answer = asked(present, pathAndQuery);
            if (answer.code() != 401 || !renewed(present)) {
                return answer;
            }
            answer.body().close();
        } catch (IOException e) {
            if (!renewed(present)) {
                throw e;
            }
        }
        return asked(connection, pathAndQuery);
    }

    private Answer asked(Connection by, String pathAndQuery) throws IOException, InterruptedException {
        try {
            return once(by, pathAndQuery);
        } catch (ConnectionClosed e) {
            // A connection that was kept and that the other end had closed meanwhile: nothing was asked yet.
            return once(by, pathAndQuery);
        }
    }

    /** The connection was closed before an answer began. */
    private static final class ConnectionClosed extends IOException {
        private static final long serialVersionUID = 1L;

        ConnectionClosed(Throwable cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    private Answer once(Connection by, String pathAndQuery) throws IOException, InterruptedException {
        HttpRequest request = by.http()
                .newHttpRequestBuilder()
                .uri(by.root() + pathAndQuery)
                .header("Accept", "application/json")
                .header("User-Agent", "plimsoll-sensor")
                .timeout(0, TimeUnit.MILLISECONDS)
                .forStreaming()
                .build();
        CompletableFuture<HttpResponse<InputStream>> coming = by.http().sendAsync(request, InputStream.class);
        try {
            HttpResponse<InputStream> response = coming.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.code(), retryAfter(response.header("Retry-After")), response.body());
        } catch (TimeoutException e) {
            var unused = coming.whenComplete((late, failure) -> close(late));
            throw new IOException("no answer within " + answerWithin.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            var unused = coming.whenComplete((late, failure) -> close(late));
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw String.valueOf(cause.getMessage()).contains("Connection was closed")
                    ? new ConnectionClosed(cause)
                    : new IOException(String.valueOf(cause.getMessage()), cause);
        }
    }

    private static void close(@org.jspecify.annotations.Nullable HttpResponse<InputStream> late) {
        if (late != null) {
            try {
                late.body().close();
            } catch (IOException e) {
                // It is left.
            }
        }
    }

    /** A good answer, or {@link Refused}. */
    public Answer good(String pathAndQuery) throws IOException, InterruptedException {
        Answer answer = get(pathAndQuery);
        if (answer.isGood()) {
            return answer;
        }
        try (InputStream body = answer.body()) {
            throw new Refused(answer.code(), answer.retryAfter(), message(answer.code(), body.readNBytes(64 << 10)));
        }
    }

    /** One JSON object. */
    public Value object(String pathAndQuery) throws IOException, InterruptedException {
        try (InputStream body = good(pathAndQuery).body()) {
            return ListReader.object(body);
        }
    }

    private static String message(int code, byte[] status) {
        try {
            WatchEvent.Failed failed = WatchReader.failed(ListReader.object(new java.io.ByteArrayInputStream(status)));
            if (!failed.message().isEmpty()) {
                return shown(failed.message());
            }
        } catch (IOException e) {
            // No status; whatever stands between may answer in its own words.
        }
        return "status " + code + " " + shown(new String(status, StandardCharsets.UTF_8));
    }

    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= 300 ? line : line.substring(0, 299) + "…";
    }

    /** Seconds, or a date that nobody reads here: then the asker's own pause has to do. */
    static Duration retryAfter(@org.jspecify.annotations.Nullable String header) {
        if (header == null || !header.strip().matches("[0-9]{1,9}")) {
            return Duration.ZERO;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(header.strip().toLowerCase(Locale.ROOT)));
        return wanted.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : wanted;
    }

    @Override
    public synchronized void close() {
        connection.client().close();
        former.forEach(each -> each.client().close());
    }
}
