package io.plimsoll.endtoend;

import io.plimsoll.testing.KubernetesApi;
import io.restassured.response.Response;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sensor as it runs beside a cluster, a process of its own. */
final class WatchingSensor {

    private final Map<String, String> environment = new LinkedHashMap<>();
    private final String heap;
    private Process process;

    /**
     * @param secret what inventory issued
     * @param more of its environment
     */
    WatchingSensor(
            Platform platform, String cluster, KubernetesApi api, String secret, String heap, Map<String, String> more)
            throws IOException {
        Path folder = Files.createTempDirectory("plimsoll-sensor");
        Path credential = Files.writeString(folder.resolve("credential"), secret);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), api.kubeconfig());
        environment.putAll(platform.services()
                .sensor(platform.machine(), cluster, credential, kubeconfig, "")
                .environment());
        // Several may run beside each other.
        environment.put("PLIMSOLL_PORT", "0");
        environment.putAll(more);
        this.heap = heap;
        process = start();
    }

    /** Registers a cluster as a live one, and gives what its sensor shows. */
    static String secret(Client admin, String cluster) {
        Response issued = admin.request().post("/api/v1/clusters/" + cluster + "/credentials");
        if (issued.statusCode() != 201) {
            throw new AssertionError(issued.statusCode() + ": " + issued.asString());
        }
        return Client.json(issued).get("secret").asText();
    }

    private Process start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                // As its chart runs it: what a second compiler needs is most of what a small sensor has.
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap,
                "-jar",
                System.getProperty("plimsoll.root") + "/services/sensor/target/quarkus-app/quarkus-run.jar");
        builder.environment().putAll(environment);
        File log = File.createTempFile("plimsoll-sensor", ".log");
        return builder.redirectErrorStream(true).redirectOutput(log).start();
    }

    long pid() {
        return process.pid();
    }

    void killAndStart() {
        try {
            process.destroyForcibly().waitFor();
            process = start();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    void end() {
        process.destroy();
    }

    /** A figure of a process's memory, for instance {@code VmHWM}, in MiB. */
    static long mebibytes(long pid, String what) throws IOException {
        List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
        return status.stream()
                        .filter(line -> line.startsWith(what + ":"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .findFirst()
                        .orElse(0)
                / 1024;
    }
}
