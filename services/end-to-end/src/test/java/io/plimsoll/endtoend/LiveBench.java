package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.telemetry.Dictionary;
import io.plimsoll.testing.GeneratedEstate;
import io.plimsoll.testing.KubernetesApi;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Measures, and judges only what must be so at any speed: see docs/benchmarks/live.md. Run by name only, on a generated estate. */
class LiveBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration WITHIN = Duration.ofMinutes(15);
    private static final List<String> SERVICES =
            List.of("inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring");

    private static Path estate() {
        String folder = System.getProperty("plimsoll.bench.estate", "");
        assumeTrue(!folder.isEmpty(), "no estate is named");
        return Path.of(folder);
    }

    private static Platform platform() {
        PlatformServices services = PlatformServices.built();
        if (!Boolean.getBoolean("plimsoll.bench.quick")) {
            services = services.atFullSpeed();
        }
        if (System.getProperty("plimsoll.bench.jvm") != null) {
            services = services.with("JDK_JAVA_OPTIONS", System.getProperty("plimsoll.bench.jvm"));
        }
        int others = Integer.getInteger("plimsoll.bench.heap", 1_500);
        for (String each : SERVICES) {
            services = services.withHeap(
                    each, each.equals("inventory") ? Integer.getInteger("plimsoll.bench.inventory", 1_000) : others);
        }
        return Platform.on(EmbeddedParts.withIdentity(), services);
    }

    private static void say(String format, Object... what) {
        System.out.printf(Locale.ROOT, format + "%n", what);
    }

    /** Asked twice a second: what is measured shall not be the asking. */
    private static void await(String what, BooleanSupplier so) {
        Platform.await(what, WITHIN, () -> {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            return so.getAsBoolean();
        });
    }

    /** The organisation's stage, once it stands on all of that. */
    private static JsonNode standing(Client admin, Map<String, String> revisions) {
        JsonNode[] seen = new JsonNode[1];
        await("the organisation has a stage", () -> {
            JsonNode stage = admin.stage("organisation");
            seen[0] = stage;
            return stage != null
                    && !stage.get("provisional").asBoolean()
                    && revisions.entrySet().stream()
                            .allMatch(each -> Client.standsOn(stage, each.getKey(), each.getValue()));
        });
        return seen[0];
    }

    private static double since(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void memory(Platform platform) throws IOException {
        for (String each : SERVICES) {
            say(
                    "  %s: at most %d MiB resident, %d s of a core",
                    each,
                    WatchingSensor.mebibytes(platform.process(each).pid(), "VmHWM"),
                    platform.process(each)
                            .info()
                            .totalCpuDuration()
                            .orElse(Duration.ZERO)
                            .toSeconds());
        }
    }

    /** What a Prometheus would keep of all services, by the dictionary's bound. */
    private static void series(Platform platform) {
        Map<String, Long> series = new TreeMap<>();
        for (String each : OneMachine.SERVICES) {
            series.put(
                    each,
                    RestAssured.get("http://127.0.0.1:" + platform.port(each) + "/q/metrics")
                            .asString()
                            .lines()
                            .filter(line -> !line.startsWith("#"))
                            .count());
        }
        long all = series.values().stream().mapToLong(Long::longValue).sum();
        say("%d series of metrics: %s", all, series);
        assertThat(all).isLessThan(Dictionary.SERIES_MAX);
    }

    /** One cluster and one sensor, from its start to the first stage. */
    @Test
    void whole() throws IOException, InterruptedException {
        Path file = estate().resolve("c0000.jsonl");
        Platform platform = platform();
        Client admin = new Client(platform, "admin");
        try (KubernetesApi cluster = new KubernetesApi()) {
            int objects = GeneratedEstate.fill(cluster, file);
            String secret = WatchingSensor.secret(admin, "whole");
            long began = System.nanoTime();
            WatchingSensor sensor = new WatchingSensor(
                    platform, "whole", cluster, secret, System.getProperty("plimsoll.bench.sensor", "160m"), Map.of());
            try {
                String revision = known(admin, "whole", objects, began);
                say("%d objects in inventory and on their way after %.1f s", objects, since(began));
                say("  sensor: at most %d MiB resident", WatchingSensor.mebibytes(sensor.pid(), "VmHWM"));
                memory(platform);
                JsonNode stage = standing(admin, Map.of("whole", revision));
                say(
                        "first stage after %.1f s: %s",
                        since(began), stage.get("measured").get("adoption"));
                memory(platform);
                assertThat(cluster.methods()).containsOnly("GET");
            } finally {
                sensor.end();
            }
        }
    }

    private static String known(Client admin, String cluster, int objects, long began) {
        String[] revision = new String[1];
        boolean[] held = new boolean[1];
        await(cluster + " is known", () -> {
            JsonNode seen = admin.get("/api/v1/clusters/" + cluster);
            JsonNode sensor = seen.get("sensor");
            if (sensor == null || sensor.get("objects").asInt() != objects) {
                return false;
            }
            if (!held[0]) {
                held[0] = true;
                say("%d objects held after %.1f s", objects, since(began));
            }
            revision[0] = seen.path("revision").asText();
            return sensor.get("synced").asBoolean() && sensor.get("unpublished").asInt() == 0;
        });
        return revision[0];
    }

    /** Many clusters, all sensors connecting within ten seconds. */
    @Test
    void fleet() throws IOException, InterruptedException {
        Path folder = estate();
        Platform platform = platform();
        Client admin = new Client(platform, "admin");
        List<String> lines = new ArrayList<>();
        Map<String, Integer> objects = new TreeMap<>();
        for (int i = 0; Files.exists(folder.resolve("c%04d.jsonl".formatted(i))); i++) {
            String cluster = "c%04d".formatted(i);
            Path file = folder.resolve(cluster + ".jsonl");
            lines.add(cluster + " " + WatchingSensor.secret(admin, cluster) + " " + file);
            objects.put(cluster, Math.toIntExact(Files.lines(file).count()));
        }
        Path list = Files.write(Files.createTempFile("fleet", ""), lines);
        Process fleet = sensors(platform, list);
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(fleet.getInputStream(), StandardCharsets.UTF_8));
                Writer in = fleet.outputWriter(StandardCharsets.UTF_8)) {
            say("%s objects of %d clusters", out.readLine(), lines.size());
            long began = System.nanoTime();
            in.write("go\n");
            in.flush();
            say("%s after %.1f s", out.readLine(), since(began));
            Map<String, Double> done = new TreeMap<>();
            await("all clusters are known", () -> {
                for (JsonNode seen : admin.all("/api/v1/clusters")) {
                    String name = seen.get("name").asText();
                    JsonNode sensor = seen.get("sensor");
                    if (sensor != null
                            && sensor.get("objects").asInt() == objects.getOrDefault(name, -1)
                            && sensor.get("synced").asBoolean()
                            && sensor.get("unpublished").asInt() == 0) {
                        done.putIfAbsent(name, since(began));
                    }
                }
                return done.size() == objects.size();
            });
            List<Double> times = done.values().stream().sorted().toList();
            say(
                    "published: first after %.1f s, half after %.1f s, all after %.1f s",
                    times.getFirst(), times.get(times.size() / 2), times.getLast());
            Map<String, String> revisions = new TreeMap<>();
            admin.all("/api/v1/clusters")
                    .forEach(each -> revisions.put(
                            each.get("name").asText(), each.get("revision").asText()));
            standing(admin, revisions);
            say("the stage stands on all of them after %.1f s", since(began));
            in.write("how\n");
            in.flush();
            say("%s", out.readLine());
            memory(platform);
            series(platform);
        } finally {
            fleet.destroyForcibly().waitFor();
        }
    }

    /** The sensors of services/sensor in one process: a hundred would not fit here as processes. */
    private static Process sensors(Platform platform, Path list) throws IOException {
        String root = System.getProperty("plimsoll.root");
        String sensor = root + "/services/sensor/target/";
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx3g",
                        "-XX:+UseSerialGC",
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                sensor + "test-classes",
                                root + "/libs/testing/target/classes",
                                sensor + "quarkus-app/app/*",
                                sensor + "quarkus-app/lib/main/*",
                                sensor + "quarkus-app/lib/boot/*"),
                        "io.plimsoll.sensor.Fleet",
                        "127.0.0.1:" + platform.port("inventory"),
                        list.toString(),
                        "10")
                .redirectError(Files.createTempFile("fleet", ".log").toFile())
                .start();
    }

    private static void say(
            String what, List<SteadyChanges.Latency> latencies, Predicate<SteadyChanges.Latency> which) {
        List<SteadyChanges.Latency> these = latencies.stream().filter(which).toList();
        if (these.isEmpty()) {
            say("%s: never", what);
            return;
        }
        say(
                "%s, %d times: %s; until published %s",
                what,
                these.size(),
                spread(these, SteadyChanges.Latency::took),
                spread(these, SteadyChanges.Latency::published));
    }

    /** Whether waits were long one by one, or all at one time, for whatever else went on then. */
    private static void slowest(List<SteadyChanges.Latency> latencies, Predicate<SteadyChanges.Latency> which) {
        say(
                "    longest (until published): %s",
                latencies.stream()
                        .filter(which)
                        .sorted(Comparator.comparing(SteadyChanges.Latency::took)
                                .reversed())
                        .limit(12)
                        .map(each -> "%.1f s (%.1f) at %.0f s"
                                .formatted(
                                        each.took().toMillis() / 1e3,
                                        each.published().toMillis() / 1e3,
                                        each.at().toMillis() / 1e3))
                        .collect(Collectors.joining(", ")));
    }

    private static String spread(
            List<SteadyChanges.Latency> latencies, Function<SteadyChanges.Latency, Duration> which) {
        long[] millis = latencies.stream()
                .mapToLong(each -> which.apply(each).toMillis())
                .sorted()
                .toArray();
        return "p50 %d ms, p99 %d ms, at most %d ms"
                .formatted(millis[millis.length / 2], millis[millis.length * 99 / 100], millis[millis.length - 1]);
    }

    /** Changes all the time, and everything killed in turn. */
    @Test
    void steady() throws Exception {
        Path folder = estate();
        int seconds = Integer.getInteger("plimsoll.bench.seconds", 600);
        Platform platform = platform();
        Client admin = new Client(platform, "admin");
        try (SteadyChanges steady = new SteadyChanges(platform, admin, folder, 10, "")) {
            long began = System.nanoTime();
            steady.begin(WITHIN);
            say("ten clusters known after %.1f s, at %s", since(began), Instant.now());
            boolean killing = Boolean.getBoolean("plimsoll.bench.kill");
            Map<Integer, Runnable> kills = killing
                    ? Map.of(
                            seconds / 5, () -> steady.sensor(0).killAndStart(),
                            2 * seconds / 5, () -> platform.kill("inventory"),
                            3 * seconds / 5, () -> platform.kill("kafka"))
                    : Map.of();
            began = System.nanoTime();
            int sent = steady.run(200, Duration.ofSeconds(seconds), kills);
            say("%d changes in %.1f s%s", sent, since(began), killing ? ", three kills" : "");
            say("all stands as told after %.1f s more", steady.converged(WITHIN).toMillis() / 1e3);
            // What is made while something is down, or within a minute after, waits for it: that is told apart.
            Predicate<SteadyChanges.Latency> undisturbed = each -> kills.keySet().stream()
                    .noneMatch(kill -> each.at().plus(each.took()).toSeconds() >= kill
                            && each.at().toSeconds() < kill + 60);
            int warm = Integer.getInteger("plimsoll.bench.warm", 120);
            say(
                    "change to evidence, from second " + warm + " on",
                    steady.latencies(),
                    undisturbed.and(each -> each.at().toSeconds() >= warm));
            say("change to evidence, all of them", steady.latencies(), each -> true);
            for (int minute = 0; minute < seconds / 60; minute++) {
                int here = minute;
                say("  in minute " + here, steady.latencies(), each -> each.at().toMinutes() == here);
                slowest(steady.latencies(), each -> each.at().toMinutes() == here);
            }
            for (int i = 0; i < 10; i++) {
                JsonNode truth = JSON.readTree(
                        folder.resolve("c%04d.truth.json".formatted(i)).toFile());
                assertThat(steady.tell(i))
                        .isEqualTo(truth.path("changes").path("final_sha256").asText());
            }
            say("ten clusters told the rest, all at the generator's hash");
            say("written again although it stood there: %d", steady.appliedTwice());
            assertThat(steady.appliedTwice()).isZero();
            assertThat(steady.writes()).isNull();
            memory(platform);
        }
    }
}
