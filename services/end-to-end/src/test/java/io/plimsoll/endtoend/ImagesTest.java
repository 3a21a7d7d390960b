package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plimsoll.embedded.OneMachine;
import io.plimsoll.embedded.place.Folders;
import io.plimsoll.embedded.place.Places;
import io.plimsoll.embedded.place.Ports;
import io.plimsoll.embedded.service.PlatformServices;
import io.plimsoll.embedded.supervise.Watcher;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.image.DebianRegistry;
import io.plimsoll.testing.image.DemoImage;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A real image in Debian's registry with Basic authorisation, manifests that name it, and the platform connected to that registry: what it reads, what
 * it holds against it, and the gates that settles. With {@code CI=true} it must run; elsewhere, where the tools are missing, it says which and is
 * skipped.
 */
class ImagesTest {

    private static final Duration MOST = Duration.ofSeconds(240);

    private static Path folder;
    private static DebianRegistry registry;
    private static OneMachine machine;
    private static Platform platform;
    private static Client admin;
    private static String digest;

    @BeforeAll
    static void connectAndDeploy() throws IOException, InterruptedException {
        List<String> missing = DemoImage.missing();
        if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("the real image cannot be made, missing: " + missing);
        }
        assumeTrue(missing.isEmpty(), "the real image is not made here, missing: " + missing);
        Optional<Path> feeds = Fixtures.folder("feed");
        assumeTrue(feeds.isPresent(), "shared cases are not here");
        folder = Files.createTempDirectory("plimsoll-images-");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        registry = DebianRegistry.start(folder.resolve("registry"));
        DemoImage.make().push(registry, "team/demo:gzip");
        FixtureFeeds.write(feeds.orElseThrow(), folder.resolve("feeds"));
        Files.writeString(folder.resolve("config.json"), """
                {"auths": {"%s": {"username": "%s", "password": "%s"}}}
                """.formatted(
                        registry.host(), DebianRegistry.USER, DebianRegistry.PASSWORD));
        Path connectors = Files.writeString(folder.resolve("connectors.yaml"), """
                format: plimsoll.connectors/v1
                registries:
                - {host: "%s", credentials: config.json, private: true, plain: true}
                """.formatted(registry.host()));
        machine = OneMachine.start(
                new OneMachine.Wish(
                        new Places(folder.resolve("data"), Places.defaultCache()),
                        OptionalInt.of(Ports.anyFree().base()),
                        true,
                        true),
                Watcher.SILENT,
                line -> {});
        platform = Platform.on(
                machine,
                PlatformServices.built()
                        .with("PLIMSOLL_IMAGE_CONNECTORS", connectors.toString())
                        .with("PLIMSOLL_IMAGE_FEEDS", folder.resolve("feeds").toString())
                        // The shared feeds are of the day they were collected.
                        .with("PLIMSOLL_IMAGE_FEED_AGE_MAX", "3650d"));
        admin = new Client(platform, "admin");
        declare();
        Response upload =
                admin.upload("town", "files", workload("shop", "cart", "gzip") + workload("bank", "pay", "none"));
        admin.settled("town", Client.revision(upload));
        digest = awaitRead();
    }

    @AfterAll
    static void stop() throws IOException {
        if (machine != null) {
            machine.close();
        }
        if (registry != null) {
            registry.close();
        }
        if (folder != null) {
            Folders.delete(folder);
        }
    }

    private static void declare() {
        Instant now = Instant.now();
        Response answer = admin.request()
                .contentType("application/yaml")
                .body(Uploads.bytes("""
                        format: plimsoll.declarations/v1
                        registries: {approved: [{prefix: "%s", private: false, author: ada, issued: %s, expires: %s}]}
                        """.formatted(
                                registry.host(),
                                now.minus(1, ChronoUnit.DAYS).toString().substring(0, 10),
                                now.plus(90, ChronoUnit.DAYS).toString().substring(0, 10))))
                .put("/api/v1/declarations?source=images");
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
    }

    private static String workload(String namespace, String name, String tag) {
        return """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {team: %s}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: %s}
                spec: {template: {spec: {containers: [{name: main, image: "%s/team/demo:%s"}]}}}
                """.formatted(namespace, namespace, name, namespace, registry.host(), tag);
    }

    private static String awaitRead() {
        Platform.await(
                "the image is read and matched", MOST, () -> image("gzip").has("matched"));
        return image("gzip").get("digest").asText();
    }

    private static JsonNode image(String tag) {
        for (JsonNode image : admin.all("/api/v1/images")) {
            if (image.get("reference").asText().endsWith(":" + tag)) {
                return image;
            }
        }
        return com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
    }

    /** Of a scope, a gate's state. */
    private static String gate(String scope, String id) {
        JsonNode stage = admin.get("/api/v1/scopes/" + scope + "/stage");
        for (JsonNode gate : stage.get("measured").get("gates")) {
            if (gate.get("id").asText().equals(id)) {
                return gate.get("status").asText();
            }
        }
        return "not there";
    }

    private static void awaitGate(String scope, String id, String status) {
        Platform.await(
                scope + " " + id + " is " + status + ", not " + gate(scope, id),
                Duration.ofSeconds(60),
                () -> gate(scope, id).equals(status));
    }

    @Test
    void settlesTheGatesOfImages() {
        String shop = "namespace/town/shop";
        awaitGate(shop, "S2.scan", "PASS");
        awaitGate(shop, "S2.registry", "PASS");
        // Log4Shell has had a fix since 2021, and nothing says what the image was built from.
        awaitGate(shop, "S3.blocked", "FAIL");
        awaitGate(shop, "S3.trace", "FAIL");
        // A tag that is not there is nobody's failure, and nobody's merit.
        awaitGate("namespace/town/bank", "S2.scan", "UNKNOWN");
        assertThat(admin.all("/api/v1/scopes/namespace%2Ftown%2Fbank/gates/S2.scan/evidence"))
                .anyMatch(row -> row.toString().contains("unresolved-tag"));
        assertThat(admin.all("/api/v1/findings?scope=" + shop.replace("/", "%2F")))
                .anyMatch(finding -> finding.toString().contains("CVE-2021-44228"));
    }

    @Test
    void saysWhatIsInTheImageAndWhatIsKnownAgainstIt() throws IOException, InterruptedException {
        JsonNode image = admin.get("/api/v1/images/" + digest);
        assertThat(image.get("state").asText()).isEqualTo("complete");
        assertThat(image.get("users").asInt()).isEqualTo(1);
        assertThat(image.get("access").asText()).contains("nobody without a credential");
        assertThat(image.get("policy").asText())
                .contains("pushing to " + registry.host() + "/team/demo needs a credential");
        JsonNode bases = admin.get("/api/v1/base-images");
        assertThat(bases.get("without").asInt())
                .as("nothing shows what it was built on")
                .isEqualTo(1);
        JsonNode missing = image("none");
        assertThat(missing.get("state").asText()).isEqualTo("unresolved");
        assertThat(missing.get("reason").asText()).isEqualTo("not-found");

        Map<String, Long> packages = admin.all("/api/v1/images/" + digest + "/packages").stream()
                .map(row -> row.get("purl").asText())
                .distinct()
                .collect(Collectors.groupingBy(
                        purl -> purl.substring(0, purl.indexOf('/')), TreeMap::new, Collectors.counting()));
        assertThat(packages).containsEntry("pkg:maven", 263L).containsEntry("pkg:npm", 3L);
        assertThat(packages.get("pkg:deb"))
                .isEqualTo(DemoImage.make().debianPackages().size());

        List<JsonNode> found = admin.all("/api/v1/images/" + digest + "/vulnerabilities");
        assertThat(found.stream()
                        .filter(row -> row.get("purl").asText().startsWith("pkg:maven/"))
                        .filter(row -> !row.has("vendorDisputed")))
                .hasSize(80);
        assertThat(found.getFirst().get("knownExploited").asBoolean()).isTrue();
        assertThat(found).anyMatch(row -> row.get("id").asText().equals("CVE-2021-44228"));
        assertThat(admin.all("/api/v1/images/" + digest + "/vulnerabilities?severity=critical&fixable=true"))
                .isNotEmpty()
                .allMatch(row -> row.has("fixedVersion"));

        JsonNode bill = admin.get("/api/v1/images/" + digest + "/sbom");
        assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.get("components").size()).isGreaterThan(370);
        assertThat(admin.get("/api/v1/images/" + digest + "/sbom?form=spdx")
                        .get("spdxVersion")
                        .asText())
                .isEqualTo("SPDX-2.3");
        Platform.await(
                "the application has it",
                Duration.ofSeconds(60),
                () -> admin.all("/api/v1/weaknesses?scope=application%2Ftown%2Fshop%2Fshop").stream()
                        .anyMatch(row -> row.get("id").asText().equals("CVE-2021-44228") && !row.has("fixed")));
        assertThat(admin.get("/api/v1/feed").get("advisories").asLong()).isPositive();
    }

    @Test
    void aTeamSeesItsOwnImagesAndItsOwnerMayAskForThem() {
        Client shop = new Client(platform, "shop-viewer");
        assertThat(shop.all("/api/v1/images"))
                .extracting(row -> row.get("reference").asText())
                .containsExactly(registry.host() + "/team/demo:gzip");
        assertThat(shop.status("/api/v1/images/" + digest)).isEqualTo(200);
        assertThat(ask(shop, "{\"reference\": \"" + registry.host() + "/team/demo:gzip\"}"))
                .isEqualTo(403);
        Client owner = new Client(platform, "shop-owner");
        assertThat(ask(owner, "{\"reference\": \"" + registry.host() + "/team/demo:gzip\"}"))
                .isEqualTo(202);
        assertThat(ask(owner, "{\"reference\": \"" + registry.host() + "/team/demo:none\"}"))
                .isEqualTo(404);
        assertThat(ask(admin, "{\"reference\": \"" + registry.host() + "/team/demo:gzip\"}"))
                .isEqualTo(202);
        assertThat(ask(admin, "{\"reference\": \"registry.example.com/x:1\"}")).isEqualTo(422);
        assertThat(ask(admin, "{\"ref\": 1}")).isEqualTo(400);
        assertThat(admin.status("/api/v1/images/latest")).isEqualTo(400);
    }

    private static int ask(Client client, String body) {
        return client.request()
                .contentType("application/json")
                .body(Uploads.bytes(body))
                .post("/api/v1/images:scan")
                .statusCode();
    }
}
