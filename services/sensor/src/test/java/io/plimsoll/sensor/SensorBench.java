package io.plimsoll.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.testing.GeneratedEstate;
import io.plimsoll.testing.KubernetesApi;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Measures, never judges: see docs/benchmarks/sensor.md. Run by name only, on the packaged sensor and a generated estate
 * ({@code -Dplimsoll.bench.estate=FILE.jsonl}).
 */
class SensorBench {

    private static final long WITHIN_SECONDS = 600;

    @Test
    void residentMemoryAndTimeToTellEverything() throws Exception {
        String estate = System.getProperty("plimsoll.bench.estate", "");
        assumeTrue(!estate.isEmpty(), "no estate is named");
        try (KubernetesApi cluster = new KubernetesApi();
                FakeCentre centre = new FakeCentre(5_000)) {
            int objects = GeneratedEstate.fill(cluster, Path.of(estate));
            Path folder = Files.createTempDirectory("plimsoll-bench");
            Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), cluster.kubeconfig());
            Process sensor = sensor(kubeconfig, centre.port());
            try {
                long began = System.nanoTime();
                await(() -> centre.agrees() && centre.held().size() == objects);
                System.out.printf(
                        Locale.ROOT,
                        "%d objects told in %.1f s; resident %d MiB at most, %d MiB now%n",
                        objects,
                        (System.nanoTime() - began) / 1e9,
                        mebibytes(sensor.pid(), "VmHWM"),
                        mebibytes(sensor.pid(), "VmRSS"));
                centre.drop();
                began = System.nanoTime();
                await(centre::agrees);
                System.out.printf(
                        Locale.ROOT,
                        "a new stream: compared in %.1f s, %d objects told again; resident %d MiB at most%n",
                        (System.nanoTime() - began) / 1e9,
                        Math.max(0, centre.told().size() - objects),
                        mebibytes(sensor.pid(), "VmHWM"));
                assertThat(cluster.methods()).containsOnly("GET");
            } finally {
                sensor.destroyForcibly().waitFor();
            }
        }
    }

    private static Process sensor(Path kubeconfig, int centre) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + System.getProperty("plimsoll.bench.heap", "80m"),
                "-jar",
                "target/quarkus-app/quarkus-run.jar");
        builder.environment()
                .putAll(java.util.Map.of(
                        "PLIMSOLL_PORT", "0",
                        "PLIMSOLL_CLUSTER", "prod",
                        "PLIMSOLL_INVENTORY", "127.0.0.1:" + centre,
                        "PLIMSOLL_SENSOR_TLS", "false",
                        "PLIMSOLL_SENSOR_CREDENTIAL", "id.secret",
                        "PLIMSOLL_KUBECONFIG", kubeconfig.toString()));
        return builder.redirectErrorStream(true)
                .redirectOutput(new File("target/sensor-bench.log"))
                .start();
    }

    private static long mebibytes(long pid, String what) throws Exception {
        List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
        return status.stream()
                        .filter(line -> line.startsWith(what + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + WITHIN_SECONDS * 1_000_000_000;
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + WITHIN_SECONDS + " s");
            }
            Thread.sleep(200);
        }
    }
}
