package io.plimsoll.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.embedded.EmbeddedParts;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.service.RehearsalStage;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.embedded.supervise.ProcessMemory;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The image of every service, started by its own command in its own root as the chart starts it, one at a time beside a database, a broker and an
 * issuer that are up: seconds to ready, work of all cores and resident memory, without and with what an earlier start taught. No test: it
 * measures, by {@code -Dtest=StartBenchmark}, and only root may enter another root.
 */
class StartBenchmark {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int STARTS = Integer.getInteger("plimsoll.starts", 5);
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);

    @TempDir
    static Path work;

    @Test
    void imagesToReady() throws IOException, InterruptedException {
        assertThat(new RootFolder(work.resolve("probe")).possible())
                .as("may enter another root")
                .isTrue();
        List<String> lines = new ArrayList<>();
        try (RehearsalStage stage = RehearsalStage.open(System.out::println)) {
            for (String service : OneMachine.SERVICES) {
                var unused = BuildImages.build(settings(service), work.resolve("work"), work.resolve(service), stage);
                root(service).unpack(new Layout(work.resolve(service)));
            }
        }
        OneMachine machine = EmbeddedParts.withIdentity();
        PlatformServices platform = PlatformServices.built();
        for (ServiceProcess service : platform.on(machine)) {
            List<Start> without = new ArrayList<>();
            List<Start> with = new ArrayList<>();
            // The first makes its tables, and is not counted.
            var unused = start(service, true);
            for (int n = 0; n < STARTS; n++) {
                without.add(start(service, false));
                with.add(start(service, true));
            }
            lines.add("| " + service.name() + " | " + ready(without) + " | " + ready(with) + " | " + work(without)
                    + " | " + work(with) + " | " + memory(without) + " | " + memory(with) + " |");
        }
        System.out.println("| service | ready without | with | work without | with | MiB without | with |");
        System.out.println("|---|---|---|---|---|---|---|");
        lines.forEach(System.out::println);
    }

    private record Start(double seconds, double work, long mebibytes) {}

    private static Start start(ServiceProcess service, boolean cached) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(service.environment());
        environment.put("PLIMSOLL_DATA", "/data");
        environment.put(
                "JDK_JAVA_OPTIONS",
                "-XX:MaxRAM=" + limit(service.name())
                        + "m -XX:MaxRAMPercentage=60 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError"
                        + " -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=5"
                        + (cached ? "" : " -XX:AOTMode=off"));
        Path log = work.resolve(service.name() + ".log");
        long begun = System.nanoTime();
        Process process = root(service.name()).start(config(service.name()), environment, log);
        try {
            while (!HttpProbe.answers(service.readiness())) {
                assertThat(process.isAlive() && System.nanoTime() - begun < READY_WITHIN.toNanos())
                        .as("ready: %s", log)
                        .isTrue();
                Thread.sleep(10);
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            Duration worked = process.info().totalCpuDuration().orElse(Duration.ZERO);
            return new Start(
                    seconds,
                    worked.toMillis() / 1e3,
                    ProcessMemory.mebibytes(process.pid()).orElse(0));
        } finally {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** The chart's limits, in MiB. */
    private static int limit(String service) {
        return switch (service) {
            case "gateway" -> 256;
            case "image-scan" -> 640;
            default -> 384;
        };
    }

    private static RootFolder root(String service) {
        return new RootFolder(work.resolve("root").resolve(service));
    }

    private static ImageSettings settings(String service) {
        return new ImageSettings(
                service,
                Fixtures.repository().resolve("services").resolve(service).resolve("target/quarkus-app"),
                ImageSettings.LOCAL,
                List.of(ImageSettings.machine()),
                "0",
                "",
                "",
                true);
    }

    private static JsonNode config(String service) throws IOException {
        Layout written = new Layout(work.resolve(service));
        return JSON.readTree(
                written.blob(written.manifest().at("/config/digest").asText()).toFile());
    }

    /** The middle one, and all. */
    private static String ready(List<Start> starts) {
        List<Double> seconds = starts.stream().map(Start::seconds).sorted().toList();
        return String.format(
                Locale.ROOT,
                "%.2f s (%.2f to %.2f)",
                seconds.get(seconds.size() / 2),
                seconds.getFirst(),
                seconds.getLast());
    }

    private static String work(List<Start> starts) {
        List<Double> work = starts.stream().map(Start::work).sorted().toList();
        return String.format(Locale.ROOT, "%.1f s", work.get(work.size() / 2));
    }

    private static long memory(List<Start> starts) {
        return starts.stream()
                .map(Start::mebibytes)
                .max(Comparator.naturalOrder())
                .orElse(0L);
    }
}
