package io.plimsoll.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import io.plimsoll.scanning.document.Documents;
import io.plimsoll.scanning.document.Node;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.reference.Digest;
import io.plimsoll.testing.Fixtures;
import io.plimsoll.testing.image.DebianRegistry;
import io.plimsoll.testing.image.DemoImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real image, made by Debian's tools, pushed to Debian's registry with Basic authorisation, pulled and scanned by the
 * command. With {@code CI=true} it must run; elsewhere, where the tools are missing, it says which and is skipped.
 */
class RealImageTest {

    @TempDir
    static Path folder;

    private static DemoImage image;
    private static DebianRegistry registry;
    private static Path login;
    private static Node scanned;

    private record Result(int code, String out, String err) {}

    @BeforeAll
    static void pushAndPull() throws IOException, InterruptedException {
        List<String> missing = DemoImage.missing();
        if (!missing.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("the real image cannot be made, missing: " + missing);
        }
        assumeTrue(missing.isEmpty(), "the real image is not made here, missing: " + missing);
        image = DemoImage.make();
        registry = DebianRegistry.start(folder.resolve("registry"));
        image.push(registry, "team/demo:gzip");
        login = config("ci-pass");
        Result pulled = scan("--sbom-only", "--format", "json");
        assertThat(pulled.code()).as(pulled.err()).isEqualTo(ExitCode.DONE);
        scanned = Documents.json(new ByteArrayInputStream(pulled.out().getBytes(StandardCharsets.UTF_8)));
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    private static Path config(String password) throws IOException {
        String auth = Base64.getEncoder()
                .encodeToString((DebianRegistry.USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        return Files.writeString(
                folder.resolve("config-" + password + ".json"),
                "{\"auths\":{\"" + registry.host() + "\":{\"auth\":\"" + auth + "\"}}}");
    }

    private static Result scan(Object... words) {
        return scanAs(login, words);
    }

    private static Result scanAs(Path who, Object... words) {
        List<Object> all = new ArrayList<>(List.of(
                "scan",
                registry.host() + "/team/demo:gzip",
                "--plain-http",
                registry.host(),
                "--private-registry",
                "127.0.0.1",
                "--registry-config",
                who));
        all.addAll(List.of(words));
        return run(all.toArray());
    }

    private static Result run(Object... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
            return new Result(
                    Plimsoll.run(Stream.of(words).map(Object::toString).toArray(String[]::new)),
                    written.toString(StandardCharsets.UTF_8),
                    said.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static List<Purl> purls(String type) {
        return scanned.get("packages").items().stream()
                .map(found -> Purl.parse(found.text("purl")).orElseThrow())
                .filter(purl -> purl.type().equals(type))
                .toList();
    }

    @Test
    void findsEveryDebianPackageOfTheImagesOwnStatus() throws IOException {
        Set<String> truth = image.debianPackages();
        assertThat(truth).hasSizeGreaterThan(100);
        assertThat(purls("deb").stream()
                        .map(purl -> purl.name() + " "
                                + (purl.qualifier("epoch").isEmpty() ? "" : purl.qualifier("epoch") + ":")
                                + purl.version() + " " + purl.qualifier("arch")))
                .containsExactlyInAnyOrderElementsOf(truth);
    }

    @Test
    void findsEveryArchiveAndEveryIdentityAndInventsNone() throws IOException {
        assertThat(scanned.text("javaArchives")).isEqualTo("388");
        Set<String> identities = purls("maven").stream()
                .map(purl -> purl.fullName() + ":" + purl.version())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(identities).isEqualTo(DemoImage.mavenIdentities()).hasSize(263);
        long seen = scanned.get("packages").items().stream()
                .filter(found -> found.text("purl").startsWith("pkg:maven/"))
                .flatMap(found -> found.get("found").items().stream())
                .filter(place -> place.text("evidence").equals("POM_PROPERTIES"))
                .count();
        assertThat(seen).isEqualTo(264);
        assertThat(purls("npm").stream().map(purl -> purl.name() + "@" + purl.version()))
                .containsExactlyInAnyOrder("demo@1.0.0", "lodash@4.17.15", "minimist@1.2.0");
    }

    @Test
    void listsNothingTwice() {
        List<String> places = scanned.get("packages").items().stream()
                .flatMap(found ->
                        found.get("found").items().stream().map(place -> found.text("purl") + " " + place.text("path")))
                .toList();
        assertThat(places).doesNotHaveDuplicates();
    }

    @Test
    void findsWhatWasPlanted() {
        assertThat(scanned.get("secrets").items().stream()
                        .map(secret -> secret.text("where") + " " + secret.text("rule")))
                .contains("/etc/demo/credentials aws-secret-key")
                .anyMatch(found -> found.startsWith("environment "));
        assertThat(scanned.toString()).doesNotContain("hunter2");
        assertThat(scanned.get("configuration").items().stream().map(finding -> finding.text("rule")))
                .contains("runs-as-root", "secret-in-configuration");
    }

    @Test
    void matchesTheSharedFeed() throws IOException {
        var shared = Fixtures.folder("feed");
        assumeTrue(shared.isPresent(), "shared cases are not here");
        Path store = folder.resolve("store");
        assertThat(run("feeds", "import", shared.orElseThrow(), "--to", store).code())
                .isEqualTo(ExitCode.DONE);
        Result matched = scan("--feeds", store, "--format", "json", "--fail-on", "exploited");
        assertThat(matched.code()).isEqualTo(ExitCode.GATE_NOT_MET);
        Node answer = Documents.json(new ByteArrayInputStream(matched.out().getBytes(StandardCharsets.UTF_8)))
                .get("answer");
        Map<String, Long> maven = answer.get("vulnerabilities").items().stream()
                .map(one -> one.text("package"))
                .filter(purl -> purl.startsWith("pkg:maven/"))
                .collect(Collectors.groupingBy(purl -> purl, TreeMap::new, Collectors.counting()));
        assertThat(maven).hasSize(12);
        assertThat(maven.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(80);
        // Debian mended what the feed knows of; upstream's ranges alone would say otherwise.
        assertThat(answer.get("vulnerabilities").items().stream().map(one -> one.text("package")))
                .noneMatch(purl -> purl.startsWith("pkg:deb/"));
        assertThat(answer.get("vulnerabilities")
                        .items()
                        .getFirst()
                        .get("exploitation")
                        .text("state"))
                .isEqualTo("KNOWN");
    }

    @Test
    void isSignedOnlyByTheKeyThatSignedIt() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair signer = generator.generateKeyPair();
        Path key = key("signer.pub", signer);
        Path other = key("other.pub", generator.generateKeyPair());
        Result unsigned = scan("--sbom-only", "--no-secrets", "--key", key);
        assertThat(unsigned.code()).isEqualTo(ExitCode.GATE_NOT_MET);
        assertThat(unsigned.out()).contains("Signed   no: nothing is attached");

        String digest = scanned.text("digest");
        byte[] payload = ("{\"critical\":{\"image\":{\"docker-manifest-digest\":\"" + digest + "\"}}}")
                .getBytes(StandardCharsets.UTF_8);
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(signer.getPrivate());
        signing.update(payload);
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        registry.putBlob("team/demo", Digest.sha256(payload).toString(), payload);
        registry.putBlob("team/demo", Digest.sha256(config).toString(), config);
        registry.putManifest(
                "team/demo",
                digest.replace(':', '-') + ".sig",
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"mediaType\":"
                        + "\"application/vnd.oci.image.config.v1+json\",\"size\":2,\"digest\":\""
                        + Digest.sha256(config)
                        + "\"},\"layers\":[{\"mediaType\":\"application/vnd.dev.cosign.simplesigning.v1+json\",\"size\":"
                        + payload.length + ",\"digest\":\"" + Digest.sha256(payload)
                        + "\",\"annotations\":{\"dev.cosignproject.cosign/signature\":\""
                        + Base64.getEncoder().encodeToString(signing.sign()) + "\"}}]}");

        Result signed = scan("--sbom-only", "--no-secrets", "--key", other, "--key", key);
        assertThat(signed.code()).as(signed.err()).isEqualTo(ExitCode.DONE);
        assertThat(signed.out()).contains("Signed   by " + key + ": signature, tag sha256-");
        Result wrong = scan("--sbom-only", "--no-secrets", "--key", other, "--format", "sarif");
        assertThat(wrong.code()).isEqualTo(ExitCode.GATE_NOT_MET);
        assertThat(wrong.out()).contains("trust/unsigned");
    }

    @Test
    void takesTheBillThatIsAttachedInThePlaceOfTheLayers() throws IOException {
        byte[] bill =
                ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"tools\":[{\"name\":\"other\"}]},"
                                + "\"components\":[{\"type\":\"library\",\"purl\":\"pkg:npm/attached@1\",\"name\":\"attached\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        byte[] config = "{}".getBytes(StandardCharsets.UTF_8);
        registry.putBlob("team/demo", Digest.sha256(bill).toString(), bill);
        registry.putBlob("team/demo", Digest.sha256(config).toString(), config);
        registry.putManifest(
                "team/demo",
                scanned.text("digest").replace(':', '-') + ".sbom",
                "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"config\":{\"mediaType\":"
                        + "\"application/vnd.oci.image.config.v1+json\",\"size\":2,\"digest\":\""
                        + Digest.sha256(config)
                        + "\"},\"layers\":[{\"mediaType\":\"application/vnd.cyclonedx+json\",\"size\":" + bill.length
                        + ",\"digest\":\"" + Digest.sha256(bill) + "\"}]}");
        Result taken = scan("--sbom-only", "--attached-sbom");
        assertThat(taken.code()).as(taken.err()).isEqualTo(ExitCode.DONE);
        assertThat(taken.out())
                .contains("Bill     CycloneDX 1.6 by other, attached (tag sha256-", "unverified: not signed")
                .contains("Packages 1: 1 npm", "attached");
    }

    private static Path key(String name, KeyPair pair) throws IOException {
        return Files.writeString(
                folder.resolve(name),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
    }

    @Test
    void isRefusedWithoutTheRightPassword() throws IOException {
        Result wrong = scanAs(config("wrong"), "--sbom-only");
        assertThat(wrong.code()).isEqualTo(ExitCode.NOTHING_USABLE);
        assertThat(wrong.err()).contains("does not accept the credentials").doesNotContain("wrong\"");
    }

    @Test
    void saysTheSameOfTheLayoutItWasPushedFrom() throws IOException {
        Result local = run("scan", "--sbom-only", "--format", "json", "oci:" + image.layout() + ":demo");
        Node read = Documents.json(new ByteArrayInputStream(local.out().getBytes(StandardCharsets.UTF_8)));
        assertThat(read.text("digest")).isEqualTo(scanned.text("digest")).startsWith("sha256:");
        assertThat(read.get("packages").items().stream().map(found -> found.text("purl")))
                .containsExactlyElementsOf(scanned.get("packages").items().stream()
                        .map(found -> found.text("purl"))
                        .toList());
    }
}
