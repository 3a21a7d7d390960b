package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.service.ServiceProcess;
import io.plimsoll.embedded.supervise.Watcher;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A platform of the version before is brought forward, a service at a time, as a Deployment does it: one of this version starts beside the one of the
 * version before and both work, then the older ends. All the while uploads are taken and come through to stages and connections. No test of each
 * build: it needs the version before, built, and runs by {@code -Dtest=UpgradeCheck -Dplimsoll.before=ITS_FOLDER}.
 */
class UpgradeCheck {

    private static final Path BEFORE = Path.of(System.getProperty("plimsoll.before", ""));
    private static final String CLUSTER = "rolled";
    private static final int DEPLOYMENTS = 3;
    private static final Duration MOST = Duration.ofSeconds(120);

    private int round;

    @BeforeAll
    static void built() {
        assertThat(BEFORE.resolve("services/gateway/target/quarkus-app/quarkus-run.jar"))
                .as("the version before, packaged: -Dplimsoll.before=FOLDER")
                .exists();
    }

    /** What writes first: its events are read by older ones. What reads first: it reads the events of older ones. */
    @ParameterizedTest(name = "from the {0}")
    @ValueSource(strings = {"writers to the readers", "readers to the writers"})
    void everyServiceIsBroughtForwardWhileUploadsComeThrough(String order) throws IOException, InterruptedException {
        List<String> services =
                List.of("inventory", "config-audit", "network-segmentation", "image-scan", "stage-scoring", "gateway");
        Path folder = Files.createTempDirectory("plimsoll-rolled-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Path jars = Files.createDirectories(folder.resolve("jars"));
        for (String service : services) {
            Files.createDirectories(jars.resolve("services").resolve(service));
            point(jars, service, BEFORE);
        }
        try (OneMachine machine = OneMachine.start(
                new OneMachine.Wish(
                        new Places(folder.resolve("data"), Places.defaultCache()),
                        OptionalInt.of(Ports.anyFree().base()),
                        true,
                        true),
                Watcher.SILENT,
                line -> {})) {
            Platform platform = Platform.on(machine, new PlatformServices(jars, Map.of()));
            Client admin = new Client(platform, "admin");
            for (String service : services) {
                assertThat(runs(platform.process(service), BEFORE)).as(service).isTrue();
            }
            uploadComesThrough(admin, "the version before");
            for (String service : order.startsWith("writers") ? services : services.reversed()) {
                Process beside =
                        start(PlatformServices.built().replica(machine, service, 1), folder.resolve(service + ".log"));
                try {
                    // Both at once, on the same tables and topics.
                    uploadComesThrough(admin, service + " of both versions");
                    assertThat(platform.ready(service))
                            .as("%s of the version before, beside the next", service)
                            .isTrue();
                    // Then the older one ends.
                    ProcessHandle older = platform.process(service);
                    point(jars, service, Fixtures.repository());
                    older.destroy();
                    Platform.await(service + " anew", MOST, () -> platform.runsAnew(service, older));
                    Platform.await(service + " ready", MOST, () -> platform.ready(service));
                    assertThat(runs(platform.process(service), Fixtures.repository()))
                            .as(service)
                            .isTrue();
                } finally {
                    beside.destroy();
                    assertThat(beside.waitFor(30, TimeUnit.SECONDS)).isTrue();
                }
                uploadComesThrough(admin, service + " of this version");
            }
            // All of it is of this version: what it says is what its engines say of the same files.
            String last = put(admin);
            JsonNode stage = admin.settled("organisation", MOST, each -> Client.standsOn(each, CLUSTER, last));
            LawTest.sameOrganisation(
                    "brought forward",
                    admin,
                    stage,
                    Uploaded.estate()
                            .assessed(
                                    Declarations.NONE,
                                    Instant.parse(stage.get("asOf").asText())));
        } finally {
            Folders.delete(folder);
        }
    }

    private void uploadComesThrough(Client admin, String when) {
        String revision = put(admin);
        try {
            admin.settled("organisation", MOST, stage -> Client.standsOn(stage, CLUSTER, revision));
        } catch (AssertionError e) {
            throw new AssertionError("with " + when + ": " + e.getMessage(), e);
        }
        assertThat(admin.all("/api/v1/findings?scope=" + Client.encoded("cluster/" + CLUSTER)))
                .as("findings with %s", when)
                .isNotEmpty();
        Platform.await(
                "connections with " + when, MOST, () -> admin.status("/api/v1/connections?cluster=" + CLUSTER) == 200);
        assertThat(admin.all("/api/v1/connections?cluster=" + CLUSTER))
                .as("connections with %s", when)
                .isNotEmpty();
        System.out.println("comes through with " + when);
    }

    private String put(Client admin) {
        round++;
        return Uploaded.put(admin, Uploaded.file(CLUSTER, Shop.of("rolled", "shop", DEPLOYMENTS, round % DEPLOYMENTS)));
    }

    /** Where the supervisor finds the service when it starts it the next time. */
    private static void point(Path jars, String service, Path version) throws IOException {
        Path link = jars.resolve("services").resolve(service).resolve("target");
        Path next = Files.createSymbolicLink(
                link.resolveSibling("next"),
                version.toAbsolutePath()
                        .normalize()
                        .resolve("services")
                        .resolve(service)
                        .resolve("target"));
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the process has files of this version open. */
    private static boolean runs(ProcessHandle process, Path version) throws IOException {
        Path root = version.toRealPath();
        List<Path> open = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            for (Path file : files.toList()) {
                try {
                    open.add(Files.readSymbolicLink(file));
                } catch (IOException e) {
                    // Closed in the meantime.
                }
            }
        }
        return open.stream().anyMatch(file -> file.startsWith(root.resolve("services")));
    }

    private static Process start(ServiceProcess service, Path log) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(service.jvmOptions());
        command.addAll(List.of("-jar", service.jar().toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(service.environment());
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Platform.await(service.name() + " beside", MOST, () -> {
            assertThat(process.isAlive()).as(service.name()).isTrue();
            return HttpProbe.answers(service.readiness());
        });
        return process;
    }
}
