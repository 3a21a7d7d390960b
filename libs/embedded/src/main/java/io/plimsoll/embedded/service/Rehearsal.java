package io.plimsoll.embedded.service;

import io.plimsoll.embedded.EmbeddedProblem;
import io.plimsoll.embedded.supervise.ProcessMemory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A start for the sake of the next ones: the service is started while its JVM records, asked a little, stopped, and its {@link StartCache} made
 * of what was recorded. Database and broker of the service must be there.
 */
public final class Rehearsal {

    private static final Duration STOP_WITHIN = Duration.ofSeconds(60);
    private static final Duration MADE_WITHIN = Duration.ofMinutes(3);
    /** Asked once it is ready: what every service is asked all its life. */
    private static final List<String> QUESTIONS =
            List.of("/q/health/live", "/q/health/started", "/q/metrics", "/api/v1");

    private static final int LOG_TAIL = 2_000;

    private final Path java;
    private final ServiceProcess service;
    private final Path work;

    /**
     * @param java the runtime that will read the cache
     * @param service how it is started; its port must be free
     * @param work a folder for what is needed on the way
     */
    public Rehearsal(Path java, ServiceProcess service, Path work) {
        this.java = java;
        this.service = service;
        this.work = work;
    }

    /**
     * Writes the cache, in place of an earlier one.
     *
     * @throws EmbeddedProblem when the service does not become ready or no cache is made, with the end of what it said
     */
    public void make(StartCache cache) throws IOException, InterruptedException {
        Files.createDirectories(work);
        Path recording = work.resolve(service.name() + ".aotconf");
        record(recording);
        Path made = work.resolve(service.name() + ".aot");
        Path log = work.resolve(service.name() + "-cache.log");
        Process process =
                start(List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording, "-XX:AOTCache=" + made), log);
        if (!ended(process, MADE_WITHIN) || !Files.isRegularFile(made)) {
            throw problem("no cache could be made", log);
        }
        Files.move(made, cache.file(), StandardCopyOption.REPLACE_EXISTING);
        Files.delete(recording);
    }

    /**
     * One start, looked at: with options of its own, nothing is kept.
     *
     * @param options further ones of the JVM, for instance {@link StartCache#options}
     * @throws EmbeddedProblem when the service does not become ready
     */
    public Measured measure(List<String> options) throws IOException, InterruptedException {
        Files.createDirectories(work);
        Path log = work.resolve(service.name() + ".log");
        long begun = System.nanoTime();
        Process process = start(options, log);
        try {
            awaitReady(process, log);
            Duration ready = Duration.ofNanos(System.nanoTime() - begun);
            return new Measured(
                    ready,
                    process.info().totalCpuDuration().orElse(Duration.ZERO),
                    ProcessMemory.mebibytes(process.pid()).orElse(0));
        } finally {
            process.destroy();
            if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /**
     * A start in figures.
     *
     * @param ready from the start of the process to its readiness
     * @param work of all cores in that time, which other processes do not lengthen; zero where the system tells nothing
     * @param mebibytes resident when it was ready; 0 where the system tells nothing
     */
    public record Measured(Duration ready, Duration work, long mebibytes) {}

    private void record(Path recording) throws IOException, InterruptedException {
        Files.deleteIfExists(recording);
        Path log = work.resolve(service.name() + ".log");
        Process process = start(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + recording), log);
        try {
            awaitReady(process, log);
            for (String question : QUESTIONS) {
                // The answer, or a refusal, is no matter: the way to it is.
                var unused = HttpProbe.answers(URI.create("http://127.0.0.1:" + service.port() + question));
            }
            process.destroy();
            if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS) || !Files.isRegularFile(recording)) {
                throw problem("nothing was recorded", log);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private void awaitReady(Process process, Path log) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        // Recording makes a start twice as long.
        long most = service.startWithin().multipliedBy(2).toNanos();
        while (!HttpProbe.answers(service.readiness())) {
            if (!process.isAlive() || System.nanoTime() - begun > most) {
                throw problem("not ready", log);
            }
            Thread.sleep(20);
        }
    }

    private Process start(List<String> options, Path log) throws IOException {
        List<String> line = new ArrayList<>(List.of(java.toString()));
        line.addAll(service.jvmOptions());
        line.addAll(options);
        line.addAll(List.of("-jar", service.jar().toString()));
        ProcessBuilder builder = new ProcessBuilder(line).directory(work.toFile());
        Map<String, String> environment = builder.environment();
        // Options of the caller's own Java are not the service's.
        environment
                .keySet()
                .removeIf(name -> name.startsWith("JAVA") || name.startsWith("JDK") || name.startsWith("PLIMSOLL"));
        environment.putAll(service.environment());
        return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    }

    private static boolean ended(Process process, Duration most) throws InterruptedException {
        try {
            return process.waitFor(most.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private EmbeddedProblem problem(String what, Path log) throws IOException {
        String said = Files.isRegularFile(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        return new EmbeddedProblem("the rehearsal of " + service.name() + ": " + what + "; it said: "
                + said.substring(Math.max(0, said.length() - LOG_TAIL)).strip());
    }
}
