package io.plimsoll.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import io.plimsoll.cli.Plimsoll;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.postgres.DatabaseAccess;
import io.plimsoll.embedded.service.HttpProbe;
import io.plimsoll.embedded.service.RehearsalStage;
import io.plimsoll.embedded.service.StartCache;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The image of one service, of local parts: reproducible, told apart by labels, with its bill attached, scanned, unpacked and started. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImageTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private static final List<String> MACHINE = List.of(ImageSettings.machine());

    @TempDir
    static Path work;

    private Path layout;
    private String digest;

    private RehearsalStage stage;

    private static ImageSettings settings(boolean startCache) {
        return new ImageSettings(
                "config-audit",
                Fixtures.repository().resolve("services/config-audit/target/quarkus-app"),
                ImageSettings.LOCAL,
                List.of(ImageSettings.machine()),
                "0.1.0-SNAPSHOT",
                "https://example.org/plimsoll",
                "0123456789abcdef",
                startCache);
    }

    @BeforeAll
    void build() throws IOException, InterruptedException {
        boolean packaged = Files.isRegularFile(settings(false).application().resolve("quarkus-run.jar"));
        if (!packaged && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("the service is not packaged");
        }
        assumeTrue(packaged, "the service is not packaged: ./mvnw package");
        stage = RehearsalStage.open(System.out::println);
        layout = work.resolve("one");
        digest = BuildImages.build(settings(StartCache.possible()), work.resolve("work-one"), layout, stage);
    }

    @AfterAll
    void clear() {
        if (stage != null) {
            stage.close();
        }
        // The folder is the test's; Java's runtime in it has files that only their owner may write.
        work.toFile().setWritable(true, true);
    }

    @Test
    void ofTheSamePartsHasTheSameDigest() throws IOException, InterruptedException {
        // Given: nothing is shared, the runtime is linked anew
        String once = BuildImages.build(settings(false), work.resolve("work-one"), work.resolve("plain"), null);
        String again = BuildImages.build(settings(false), work.resolve("work-two"), work.resolve("two"), null);
        // Then
        assertThat(again).isEqualTo(once);
        assertThat(Files.readAllBytes(work.resolve("two/index.json")))
                .as("the attached bill included")
                .isEqualTo(Files.readAllBytes(work.resolve("plain/index.json")));
        List<JsonNode> plain = layers(work.resolve("plain"));
        assertThat(layers(layout).subList(0, plain.size()))
                .as("what a start taught is the last layer and nothing else")
                .isEqualTo(plain);
    }

    private static List<JsonNode> layers(Path layout) throws IOException {
        List<JsonNode> layers = new ArrayList<>();
        new Layout(layout).manifest().get("layers").forEach(layers::add);
        return layers;
    }

    @Test
    void saysWhoItIsAndRunsAsNobody() throws IOException {
        JsonNode config = config();
        assertThat(config.at("/config/User").asText()).isEqualTo("65532:65532");
        JsonNode labels = config.at("/config/Labels");
        assertThat(labels.get("org.opencontainers.image.title").asText()).isEqualTo("plimsoll-config-audit");
        assertThat(labels.get("org.opencontainers.image.source").asText()).isEqualTo("https://example.org/plimsoll");
        assertThat(labels.get("org.opencontainers.image.revision").asText()).isEqualTo("0123456789abcdef");
        assertThat(layers(layout)).hasSize(StartCache.possible() ? 4 : 3);
    }

    @Test
    void carriesItsBillOfMaterials() throws IOException {
        Layout written = new Layout(layout);
        JsonNode attached = written.index().at("/manifests/1");
        JsonNode manifest =
                JSON.readTree(written.blob(attached.get("digest").asText()).toFile());
        assertThat(manifest.at("/subject/digest").asText()).isEqualTo(digest);
        JsonNode bill = JSON.readTree(
                written.blob(manifest.at("/layers/0/digest").asText()).toFile());
        List<String> names = new ArrayList<>();
        bill.get("components").forEach(each -> names.add(each.get("name").asText()));
        assertThat(names).contains("libc6");
        for (String library : List.of("kafka-clients", "flyway-core", "plimsoll-audit")) {
            assertThat(names).as(library).anyMatch(each -> each.endsWith(library));
        }
    }

    @Test
    void isReadByTheScannerWithoutAProblem() throws IOException {
        Path report = work.resolve("scan.json");
        int code = Plimsoll.run(
                "scan",
                "oci:" + layout + ":config-audit",
                "--sbom-only",
                "--strict",
                "--format",
                "json",
                "-o",
                report.toString());
        assertThat(code)
                .as(Files.exists(report) ? Files.readString(report) : "no report")
                .isZero();
    }

    @Test
    void isMatchedAgainstFeedsAndHoldsNothingExploitedOrCriticalThatAFixIsThereFor() throws IOException {
        Optional<Path> feeds = Fixtures.folder("feed");
        assumeTrue(feeds.isPresent(), "no shared feeds");
        Path store = work.resolve("feeds");
        assertThat(Plimsoll.run("feeds", "import", feeds.orElseThrow().toString(), "--to", store.toString()))
                .isZero();
        Path report = work.resolve("matched.json");
        // The feeds are old and not of every ecosystem: what they leave open is 3, what they find and a gate forbids 2.
        int code = Plimsoll.run(
                "scan",
                "oci:" + layout + ":config-audit",
                "--no-secrets",
                "--feeds",
                store.toString(),
                "--feed-age-max",
                "10000",
                "--fail-on",
                "exploited,critical-fixable",
                "--ignore-unrated",
                "--format",
                "json",
                "-o",
                report.toString());
        assertThat(code)
                .as(Files.exists(report) ? Files.readString(report) : "no report")
                .isIn(0, 3);
        JsonNode matched = JSON.readTree(report.toFile());
        assertThat(matched.toString()).contains("kafka-clients");
    }

    @Test
    void aServiceThatWasNotBuiltIsNamed() {
        ImageSettings missing =
                new ImageSettings("config-audit", work.resolve("nothing"), "local", MACHINE, "1", "", "", false);
        assertThatThrownBy(() -> BuildImages.build(missing, work.resolve("work-three"), work.resolve("three"), null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no service at " + work.resolve("nothing"));
    }

    @Test
    void aStartCacheForAnotherBaseIsRefused() {
        assertThatThrownBy(() ->
                        new ImageSettings("config-audit", work, "example.org/java:25", MACHINE, "1", "", "", true))
                .hasMessageContaining("not for example.org/java:25");
    }

    @Test
    void ofSeveralArchitecturesIsAnIndexOverBasesOfEach() throws Exception {
        // Given: a base for each, told apart by a file
        for (String architecture : List.of("amd64", "arm64")) {
            Path mark = Files.writeString(work.resolve("mark-" + architecture), architecture);
            var unused = Jib.fromScratch()
                    .setPlatforms(Set.of(new Platform(architecture, "linux")))
                    .addLayer(List.of(mark), AbsoluteUnixPath.get("/base"))
                    .containerize(Containerizer.to(TarImage.at(work.resolve("base-" + architecture + ".tar"))
                                    .named("base"))
                            .setOfflineMode(true));
        }
        ImageSettings settings = new ImageSettings(
                "config-audit",
                settings(false).application(),
                "tar://" + work.resolve("base-ARCH.tar"),
                List.of("amd64", "arm64"),
                "1",
                "",
                "",
                false);
        // When
        Layout both = new Layout(work.resolve("both"));
        String digest = BuildImages.build(settings, work.resolve("work-both"), both.folder(), null);
        // Then
        assertThat(both.index().at("/manifests/0/digest").asText()).isEqualTo(digest);
        assertThat(both.index().at("/manifests/0/mediaType").asText())
                .isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(both.images().stream()
                        .map(each -> each.at("/platform/architecture").asText()))
                .containsExactly("amd64", "arm64");
        Set<String> bases = new HashSet<>();
        Set<String> applications = new HashSet<>();
        for (JsonNode image : both.images()) {
            JsonNode manifest =
                    JSON.readTree(both.blob(image.get("digest").asText()).toFile());
            JsonNode config = JSON.readTree(
                    both.blob(manifest.at("/config/digest").asText()).toFile());
            assertThat(config.get("architecture")).isEqualTo(image.at("/platform/architecture"));
            assertThat(manifest.get("layers")).hasSize(3);
            bases.add(manifest.at("/layers/0/digest").asText());
            applications.add(manifest.at("/layers/1/digest").asText()
                    + manifest.at("/layers/2/digest").asText());
        }
        assertThat(bases).as("each has a base of its own").hasSize(2);
        assertThat(applications).as("and the very same service").hasSize(1);
        assertThat(both.index().get("manifests")).as("a bill for each").hasSize(3);
        assertThat(both.index().at("/manifests/2/artifactType").asText()).isEqualTo(Layout.BILL);
    }

    @Test
    void theLocalBaseIsOfThisMachineAlone() {
        assertThatThrownBy(
                        () -> new ImageSettings("config-audit", work, "local", List.of("riscv64"), "1", "", "", false))
                .hasMessageContaining("name a base image for [riscv64]");
    }

    @Test
    void startsFromAReadOnlyRootAsItsOwnUser() throws IOException, InterruptedException {
        // Only root may enter another root folder; others see that what is in the image runs.
        boolean enters = new RootFolder(work.resolve("probe")).possible();
        RootFolder root = new RootFolder(work.resolve("root"));
        root.unpack(new Layout(layout));
        OneMachine machine = stage.machine();
        int port = freePort();
        Path log = work.resolve("service.log");
        long begun = System.nanoTime();
        Process service = enters
                ? root.start(config(), environment(machine, port), log)
                : root.startFromOutside(config(), environment(machine, port), log);
        try {
            URI ready = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
            while (!HttpProbe.answers(ready)) {
                assertThat(service.isAlive())
                        .as(() -> "the service ended: " + text(log))
                        .isTrue();
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .as(() -> "ready in time: " + text(log))
                        .isLessThan(READY_WITHIN);
                Thread.sleep(50);
            }
            System.out.printf(
                    "image to ready, %s: %.2f s%n",
                    enters ? "in its root" : "from outside of its root", (System.nanoTime() - begun) / 1e9);
            if (enters) {
                assertThat(root.user(service)).isEqualTo("65532");
                if (StartCache.possible()) {
                    assertThat(fromTheCache(log))
                            .as("share of classes that an earlier start left")
                            .isGreaterThan(0.95);
                    assertThat(Files.readString(Path.of("/proc", Long.toString(service.pid()), "maps")))
                            .as(() -> "what an earlier start taught is used: " + text(log))
                            .contains("/app/start.aot");
                }
            }
        } finally {
            service.descendants().forEach(ProcessHandle::destroy);
            service.destroy();
            assertThat(service.waitFor(20, TimeUnit.SECONDS))
                    .as("it ends when told to")
                    .isTrue();
        }
    }

    private static Map<String, String> environment(OneMachine machine, int port) {
        DatabaseAccess database = machine.postgres().access("config-audit");
        return Map.ofEntries(
                Map.entry("PLIMSOLL_HOST", "127.0.0.1"),
                Map.entry("PLIMSOLL_PORT", Integer.toString(port)),
                Map.entry("PLIMSOLL_ADDRESS", "127.0.0.1:" + port),
                Map.entry("PLIMSOLL_KAFKA", machine.kafka().bootstrapServers()),
                Map.entry("PLIMSOLL_DB_HOST", database.host()),
                Map.entry("PLIMSOLL_DB_PORT", Integer.toString(database.port())),
                Map.entry("PLIMSOLL_DB_NAME", database.database()),
                Map.entry("PLIMSOLL_DB_SCHEMA", database.schema()),
                Map.entry("PLIMSOLL_DB_USER", database.user()),
                Map.entry("PLIMSOLL_DB_PASSWORD", database.password()),
                // As the chart does, and what is loaded is told.
                Map.entry(
                        "JDK_JAVA_OPTIONS",
                        "-XX:MaxRAM=384m -XX:MaxRAMPercentage=60 -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError"
                                + " -XX:ThreadPriorityPolicy=1 -XX:CompilerThreadPriority=5 -Xlog:class+load"));
    }

    private static double fromTheCache(Path log) throws IOException {
        int all = 0;
        int cached = 0;
        for (String line : Files.readAllLines(log)) {
            if (line.contains(" source: ")) {
                all++;
                cached += line.contains("source: shared objects file") ? 1 : 0;
            }
        }
        return all == 0 ? 0 : (double) cached / all;
    }

    private JsonNode config() throws IOException {
        Layout written = new Layout(layout);
        return JSON.readTree(
                written.blob(written.manifest().at("/config/digest").asText()).toFile());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "no log";
        }
    }
}
