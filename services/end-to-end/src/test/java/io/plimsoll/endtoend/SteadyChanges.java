package io.plimsoll.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.testing.GeneratedEstate;
import io.plimsoll.testing.KubernetesApi;
import io.plimsoll.wire.TopicKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Clusters of the generator, each with a sensor of its own, that change all the time: its recorded changes, some twice and out of order, at a rate.
 * What stands on the topics in the end must be what the generator says. Beside them one object of each cluster is changed again whenever its last
 * change has become evidence, to see how long that takes.
 */
final class SteadyChanges implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** Versions of the generator are spread, so that versions of other changes fit between. */
    private static final long SPREAD = 10;

    private static final long PROBE_PAUSE_NANOS = Duration.ofMillis(500).toNanos();

    private static final class Watched {
        final String cluster;
        /** Key of the object that is changed again and again. */
        final String object;
        /** Key of what is said of it. */
        final String probe;

        /** Its bookmarks come as seldom as those of an API server. */
        final KubernetesApi api = new KubernetesApi().bookmarksEvery(Duration.ofMinutes(1));

        final WatchingSensor sensor;
        final BufferedReader changes;
        /** Newest version told of each object by uid; negative where that was its deletion. */
        final SortedMap<String, Long> told = new TreeMap<>();

        boolean privileged;
        long probedAt;
        long seenAt;

        Watched(Platform platform, Client admin, Path folder, String file, String cluster) throws IOException {
            this.cluster = cluster;
            this.object = TopicKey.resource(new ResourceId(cluster, "apps", "Deployment", "probe", "probe"));
            this.probe = TopicKey.evidence(
                    cluster,
                    "config-audit",
                    new SubjectId(SubjectKind.WORKLOAD, cluster, "probe", "Deployment", "probe", ""));
            GeneratedEstate.fill(api, folder.resolve(file + ".jsonl"));
            this.changes = Files.newBufferedReader(folder.resolve(file + ".changes.jsonl"));
            this.sensor =
                    new WatchingSensor(platform, cluster, api, WatchingSensor.secret(admin, cluster), "80m", Map.of());
        }
    }

    private final OnTheTopics topics;
    private final List<Watched> all = new ArrayList<>();
    private final List<Latency> latencies = new ArrayList<>();
    private long began;
    private int sent;

    /**
     * From a change at the API to its evidence on the topic.
     *
     * @param at when it was made, from when changes began
     * @param published after so long the object stood on the topic of resources
     */
    record Latency(Duration at, Duration published, Duration took) {}

    /**
     * @param folder of the generator, clusters {@code c0000} and on, with changes
     * @param prefix of the clusters' names on the platform
     */
    SteadyChanges(Platform platform, Client admin, Path folder, int clusters, String prefix) throws IOException {
        this.topics = new OnTheTopics(platform);
        for (int i = 0; i < clusters; i++) {
            String file = "c%04d".formatted(i);
            all.add(new Watched(platform, admin, folder, file, prefix + file));
        }
    }

    /** Until everything is on the topics and answered for, probes included. */
    void begin(Duration most) {
        all.forEach(this::probe);
        Platform.await(
                "the clusters are known", most, () -> all.stream().allMatch(each -> topics.writtenAt(each.probe) > 0));
    }

    private void probe(Watched watched) {
        watched.privileged = !watched.privileged;
        watched.probedAt = System.nanoTime();
        watched.api.put(
                "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"uid\":\"probe\",\"name\":\"probe\","
                        + "\"namespace\":\"probe\"},\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"probe\"}},"
                        + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"probe\"}},\"spec\":{\"containers\":[{\"name\":"
                        + "\"main\",\"image\":\"registry.example/probe:1\",\"securityContext\":{\"privileged\":"
                        + watched.privileged + "}}]}}}}");
    }

    /**
     * Changes at a rate.
     *
     * @param atSecond what else happens, by the second at which it does; each in a thread of its own
     * @return how many were sent
     */
    int run(int perSecond, Duration time, Map<Integer, Runnable> atSecond) throws IOException, InterruptedException {
        began = System.nanoTime();
        // What was seen before this was waited for by the beginning.
        all.forEach(each -> each.seenAt = topics.writtenAt(each.probe));
        SortedMap<Integer, Runnable> waiting = new TreeMap<>(atSecond);
        int due = (int) (perSecond * time.toSeconds());
        while (sent < due) {
            double seconds = (System.nanoTime() - began) / 1e9;
            while (sent < due && sent < seconds * perSecond) {
                if (!change(all.get(sent % all.size()))) {
                    return sent;
                }
                sent++;
            }
            while (!waiting.isEmpty() && waiting.firstKey() <= seconds) {
                Thread.ofPlatform().daemon().start(waiting.remove(waiting.firstKey()));
            }
            all.forEach(this::lookAtProbe);
            Thread.sleep(10);
        }
        return sent;
    }

    private void lookAtProbe(Watched watched) {
        long evidence = topics.writtenAt(watched.probe);
        long now = System.nanoTime();
        if (evidence > watched.probedAt && watched.seenAt != evidence) {
            watched.seenAt = evidence;
            latencies.add(new Latency(
                    Duration.ofNanos(watched.probedAt - began),
                    Duration.ofNanos(topics.writtenAt(watched.object) - watched.probedAt),
                    Duration.ofNanos(evidence - watched.probedAt)));
        }
        if (evidence > watched.probedAt && now - watched.probedAt > PROBE_PAUSE_NANOS) {
            probe(watched);
        }
    }

    private boolean change(Watched watched) throws IOException {
        String line = watched.changes.readLine();
        if (line == null) {
            return false;
        }
        JsonNode event = JSON.readTree(line);
        ObjectNode metadata = (ObjectNode) event.path("object").path("metadata");
        long version = metadata.path("resourceVersion").asLong();
        metadata.put("resourceVersion", Long.toString(version * SPREAD));
        boolean gone = event.path("type").asText().equals("DELETED");
        watched.told.merge(
                metadata.path("uid").asText(), gone ? -version : version, (a, b) -> Math.abs(a) >= Math.abs(b) ? a : b);
        watched.api.replay(event.path("type").asText(), event.path("object").toString());
        return true;
    }

    /** Waits until what stands is what was told, and gives how long that took. */
    Duration converged(Duration most) {
        long began = System.nanoTime();
        Platform.await(
                "all stands as it was told",
                most,
                () -> all.stream().allMatch(each -> different(each).isEmpty()));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Objects that do not stand as they were told last. */
    private List<String> different(Watched watched) {
        Map<String, String> standing = topics.changes(watched.cluster);
        List<String> different = new ArrayList<>();
        watched.told.forEach((uid, version) -> {
            String now = standing.getOrDefault(uid, "gone");
            if (!now.equals(version < 0 ? "gone" : Long.toString(version))) {
                different.add(uid + " stands at " + now + " and was told " + version);
            }
        });
        return different;
    }

    /** Hash of a cluster by the generator's rule, of what stands on the topics. */
    String hash(int cluster) {
        Watched watched = all.get(cluster);
        Map<String, String> standing = topics.changes(watched.cluster);
        StringBuilder json = new StringBuilder("[");
        watched.told
                .keySet()
                .forEach(uid -> json.append(json.length() == 1 ? "" : ",")
                        .append("[\"")
                        .append(uid)
                        .append("\",")
                        .append(standing.getOrDefault(uid, "null"))
                        .append(']'));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256")
                            .digest(json.append(']').toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Tells what is left of a cluster's changes, and gives its hash when that stands. */
    String tell(int cluster) throws IOException {
        Watched watched = all.get(cluster);
        while (change(watched)) {
            sent++;
        }
        Platform.await(
                "all stands as it was told",
                Duration.ofMinutes(2),
                () -> different(watched).isEmpty());
        return hash(cluster);
    }

    long appliedTwice() {
        return topics.appliedTwice();
    }

    List<Latency> latencies() {
        return List.copyOf(latencies);
    }

    /** Remembers what the clusters hold now, for whoever judges the organisation after this. */
    void remember(Estate estate) {
        all.forEach(each -> estate.live(each.cluster, each.api.objects()));
    }

    WatchingSensor sensor(int cluster) {
        return all.get(cluster).sensor;
    }

    /** A method that was used on any of the clusters besides GET; null when none was. */
    @Nullable
    String writes() {
        return all.stream()
                .flatMap(each -> each.api.methods().stream())
                .filter(method -> !method.equals("GET"))
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() throws InterruptedException, IOException {
        for (Watched each : all) {
            each.sensor.end();
            each.api.close();
            each.changes.close();
        }
        topics.close();
    }
}
