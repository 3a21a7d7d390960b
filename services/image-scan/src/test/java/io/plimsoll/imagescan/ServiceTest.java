package io.plimsoll.imagescan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.plimsoll.api.images.v1.DeleteVexDocumentRequest;
import io.plimsoll.api.images.v1.GetBillRequest;
import io.plimsoll.api.images.v1.GetFeedRequest;
import io.plimsoll.api.images.v1.GetImageRequest;
import io.plimsoll.api.images.v1.Image;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.ListBaseImagesRequest;
import io.plimsoll.api.images.v1.ListImagesRequest;
import io.plimsoll.api.images.v1.ListImagesResponse;
import io.plimsoll.api.images.v1.ListPackagesRequest;
import io.plimsoll.api.images.v1.ListVexDocumentsRequest;
import io.plimsoll.api.images.v1.ListVulnerabilitiesRequest;
import io.plimsoll.api.images.v1.ListVulnerabilitiesResponse;
import io.plimsoll.api.images.v1.ListWeaknessesRequest;
import io.plimsoll.api.images.v1.PutBillRequest;
import io.plimsoll.api.images.v1.PutBillResponse;
import io.plimsoll.api.images.v1.PutVexDocumentRequest;
import io.plimsoll.api.images.v1.RequestScanRequest;
import io.plimsoll.api.images.v1.ScanState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service as it runs, with a real database, broker and issuer: from a workload on the topic to evidence on the topic and answers to questions. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ServiceTest {

    private static final String SCANNED = "image-scanned";

    @TestHTTPResource
    @SuppressWarnings("NullAway.Init")
    URI here;

    @SuppressWarnings("NullAway.Init")
    private ManagedChannel channel;

    @BeforeEach
    void open() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", here.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
    }

    private static String configured(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static String registry() {
        return configured("test.registry");
    }

    /** The tests run in a class loader of their own: the registry is asked itself. */
    private static long asked(String part) throws IOException {
        try (InputStream in =
                URI.create("http://" + registry() + "/asked?" + part).toURL().openStream()) {
            return Long.parseLong(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(90);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("not within 90 s: " + what);
            }
            Thread.sleep(100);
        }
    }

    private ImageServiceGrpc.ImageServiceBlockingStub calls(String whose) {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + configured("test.token." + whose));
        Channel as = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        return ImageServiceGrpc.newBlockingStub(as).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private static void awaitEvidence(String cluster, String workload, String control, String expected)
            throws InterruptedException {
        await(
                workload + " " + control + " " + expected,
                () -> Town.evidence(cluster)
                        .getOrDefault(workload, Map.of())
                        .getOrDefault(control, "")
                        .startsWith(expected));
    }

    private List<Image> images(String whose) {
        List<Image> images = new ArrayList<>();
        String token = "";
        do {
            ListImagesResponse page = calls(whose)
                    .listImages(ListImagesRequest.newBuilder()
                            .setPageSize(2)
                            .setPageToken(token)
                            .build());
            images.addAll(page.getImagesList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return images;
    }

    private Image image(String whose, String part) {
        return images(whose).stream()
                .filter(image -> image.getReference().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no image " + part));
    }

    private static Status.Code code(Runnable call) {
        StatusRuntimeException failure = catchThrowableOfType(StatusRuntimeException.class, call::run);
        assertThat(failure).isNotNull();
        return failure.getStatus().getCode();
    }

    @Test
    void fromAWorkloadToEvidenceAndAnswers() throws Exception {
        // Given
        String yaml = Town.namespace("shop", "shop")
                + Town.namespace("bank", "bank")
                + Town.deployment("shop", "cart", registry() + "/shop/cart:1")
                + Town.deployment("shop", "cart-again", registry() + "/shop/cart:1.0")
                + Town.deployment("shop", "base", registry() + "/open/base:1")
                + Town.deployment("shop", "gone", registry() + "/shop/gone:1")
                + Town.deployment("shop", "elsewhere", "registry.example.com/other:1")
                + Town.deployment("bank", "pay", registry() + "/shop/pay:1");
        // When
        Town.relay("town", 1, yaml);
        // Then the evidence is complete,
        awaitEvidence("town", "cart", SCANNED, "UNKNOWN no-clock");
        awaitEvidence("town", "cart-again", SCANNED, "UNKNOWN no-clock");
        awaitEvidence("town", "pay", SCANNED, "UNKNOWN no-clock");
        awaitEvidence("town", "base", SCANNED, "UNKNOWN no-clock");
        awaitEvidence("town", "gone", SCANNED, "UNKNOWN unresolved-tag");
        Map<String, Map<String, String>> said = Town.evidence("town");
        assertThat(said.get("cart"))
                .containsEntry("image-criticals-blocked", "UNKNOWN no-clock")
                .containsEntry("image-traceable", "PASS ")
                .containsEntry("image-pull-needs-credential", "PASS ")
                .containsEntry("image-access-governed", "PASS ")
                .containsEntry("image-signature-verified", "UNKNOWN needs-connector");
        assertThat(said.get("pay"))
                .containsEntry("image-criticals-blocked", "PASS ")
                .containsEntry("image-traceable", "FAIL seen-and-wrong");
        assertThat(said.get("base"))
                .containsEntry("image-pull-needs-credential", "FAIL seen-and-wrong")
                .containsEntry("image-access-governed", "FAIL seen-and-wrong");
        assertThat(said).doesNotContainKey("elsewhere");
        // ... one image under two tags is read once,
        Image cart = image("service", "/shop/cart:1");
        assertThat(cart.getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETE);
        assertThat(image("service", "/shop/cart:1.0").getDigest()).isEqualTo(cart.getDigest());
        // ... every image that was not read says why,
        assertThat(image("service", "/shop/gone:1").getReason()).isEqualTo("not-found");
        assertThat(image("service", "registry.example.com/other:1").getReason()).isEqualTo("no-connector");
        assertThat(images("service").stream()
                        .filter(image -> !image.getReference().contains("/wheel@")
                                && !image.getReference().contains("/works/")))
                .hasSize(6);
        // ... and what is in one, and known against it, can be asked.
        assertThat(cart.getVulnerabilities().getCritical()).isEqualTo(1);
        assertThat(cart.getPolicy())
                .contains("project shop")
                .contains("1 robot accounts")
                .contains("no image with a weakness of severity critical or higher");
        assertThat(cart.getOrigin()).contains("git.example.com/shop").contains("0123abc");
        ListVulnerabilitiesResponse found = calls("service")
                .listVulnerabilities(ListVulnerabilitiesRequest.newBuilder()
                        .setDigest(cart.getDigest())
                        .build());
        assertThat(found.getVulnerabilitiesList()).hasSize(1);
        assertThat(found.getVulnerabilities(0).getId()).isEqualTo("CVE-2026-0001");
        assertThat(found.getVulnerabilities(0).getFixedVersion()).isEqualTo("2.0.0");
        assertThat(found.getVulnerabilities(0).hasFirstSeen()).isTrue();
        assertThat(calls("service")
                        .listPackages(ListPackagesRequest.newBuilder()
                                .setDigest(cart.getDigest())
                                .build())
                        .getPackages(0)
                        .getPurl())
                .isEqualTo("pkg:npm/left@1.0.0");
        assertThat(calls("service")
                        .getBill(GetBillRequest.newBuilder()
                                .setDigest(cart.getDigest())
                                .build())
                        .getBill()
                        .toStringUtf8())
                .contains("pkg:npm/left@1.0.0")
                .contains("CycloneDX");
        assertThat(calls("service")
                        .listWeaknesses(ListWeaknessesRequest.getDefaultInstance())
                        .getWeaknessesList())
                .extracting(weakness -> weakness.getApplication().getName() + " " + weakness.getId())
                .contains("shop CVE-2026-0001");
        assertThat(calls("service").getFeed(GetFeedRequest.getDefaultInstance()).getStale())
                .isFalse();

        seenByTheTeam(cart);
        movedFeeds(cart);
        statements(cart);
        anotherImage(yaml);
    }

    /** What a maker says sets a weakness aside, with who says it; taken away it counts again. */
    private void statements(Image cart) throws Exception {
        String vex = """
                {"@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.com/1", "author": "Left Makers",
                 "timestamp": "2026-06-30T12:00:00Z", "version": 1,
                 "statements": [{"vulnerability": {"name": "CVE-2026-0001"},
                   "products": [{"@id": "file:///srv/node_modules/left/package.json"}],
                   "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path"}]}
                """;
        PutVexDocumentRequest put = PutVexDocumentRequest.newBuilder()
                .setName("left")
                .setDocument(ByteString.copyFromUtf8(vex))
                .build();
        assertThat(code(() -> calls("viewer").putVexDocument(put))).isEqualTo(Status.Code.PERMISSION_DENIED);
        for (String bad : List.of("", "{}", "{\"@context\": \"https://openvex.dev/ns\"}", "<a>")) {
            assertThat(code(() -> calls("service")
                            .putVexDocument(put.toBuilder()
                                    .setDocument(ByteString.copyFromUtf8(bad))
                                    .build())))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        assertThat(code(() -> calls("service")
                        .putVexDocument(put.toBuilder().setName("../left").build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(calls("service").putVexDocument(put).getDocument().getStatements())
                .isEqualTo(1);
        await(
                "set aside",
                () -> image("service", "/shop/cart:1").getVulnerabilities().getCritical() == 1);
        assertThat(calls("service")
                        .listVulnerabilities(ListVulnerabilitiesRequest.newBuilder()
                                .setDigest(cart.getDigest())
                                .build())
                        .getVulnerabilitiesList())
                .filteredOn(found -> found.getId().equals("CVE-2026-0001"))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.getVendorDisputed()).isTrue();
                    assertThat(found.getNote())
                            .contains("left (Left Makers), put by ")
                            .contains("not_in_execute_path");
                });
        assertThat(calls("service")
                        .listVexDocuments(ListVexDocumentsRequest.getDefaultInstance())
                        .getDocumentsList())
                .singleElement()
                .satisfies(kept -> assertThat(kept.getSource()).startsWith("left (Left Makers), put by "));
        DeleteVexDocumentRequest gone =
                DeleteVexDocumentRequest.newBuilder().setName("left").build();
        assertThat(calls("service").deleteVexDocument(gone).isInitialized()).isTrue();
        assertThat(code(() -> calls("service").deleteVexDocument(gone))).isEqualTo(Status.Code.NOT_FOUND);
        await(
                "counted again",
                () -> image("service", "/shop/cart:1").getVulnerabilities().getCritical() == 2);
        // What was read stands before what somebody says is in it.
        assertThat(code(() -> calls("service").putBill(bill(cart.getDigest())))).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(calls("service")
                        .listBaseImages(ListBaseImagesRequest.getDefaultInstance())
                        .getWithout())
                .as("nothing shows what these images were built on")
                .isPositive();
    }

    @Test
    void aWorkloadsPullSecretIsUsedWhereItWasGiven() throws Exception {
        String press = Town.deployment("shop", "press", configured("test.second") + "/works/press:1");
        String lathe = Town.deployment("shop", "lathe", configured("test.second") + "/works/lathe:1");
        Town.relay(
                "works",
                1,
                Town.namespace("shop", "shop")
                        + press.replace("{containers:", "{imagePullSecrets: [{name: regcred}], containers:")
                        + lathe.replace("{containers:", "{imagePullSecrets: [{name: unknown}], containers:"));
        awaitEvidence("works", "press", SCANNED, "UNKNOWN no-clock");
        await("refused", () -> !image("service", "/works/lathe:1").getReason().equals("pending"));
        Image refused = image("service", "/works/lathe:1");
        assertThat(refused.getReason()).isEqualTo("pull-secret-missing");
        assertThat(refused.getProblem()).contains("works/shop/unknown").doesNotContain(SmallRegistry.PASSWORD);
        // Of a registry that is no Harbor is known that nobody pushes without a credential, and no more.
        assertThat(Town.evidence("works").get("press"))
                .containsEntry("image-access-governed", "UNKNOWN needs-connector");
        assertThat(image("service", "/works/press:1").getPolicy()).contains("needs a credential");
    }

    private static PutBillRequest bill(String digest) {
        return PutBillRequest.newBuilder()
                .setDigest(digest)
                .setBill(ByteString.copyFromUtf8("""
                        {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
                         "metadata": {"tools": {"components": [{"type": "application", "name": "maker"}]}},
                         "components": [{"type": "library", "name": "left", "version": "1.0.0",
                                         "purl": "pkg:npm/left@1.0.0"}]}
                        """))
                .build();
    }

    @Test
    void aBillIsTakenInsteadOfAPull() throws Exception {
        // Given an image of a registry that nobody is connected to
        String digest = "sha256:" + "17".repeat(32);
        Town.relay(
                "mill",
                1,
                Town.namespace("shop", "shop")
                        + Town.deployment("shop", "wheel", "registry.example.com/wheel@" + digest));
        await(
                "known",
                () -> images("service").stream()
                        .anyMatch(image -> image.getReference().endsWith(digest)));
        assertThat(code(() -> calls("viewer").putBill(bill(digest)))).isEqualTo(Status.Code.PERMISSION_DENIED);
        for (String bad : List.of("", "[]", "{\"bomFormat\": \"CycloneDX\", \"specVersion\": \"1.5\"}")) {
            assertThat(code(() -> calls("service")
                            .putBill(bill(digest).toBuilder()
                                    .setBill(ByteString.copyFromUtf8(bad))
                                    .build())))
                    .isEqualTo(Status.Code.INVALID_ARGUMENT);
        }
        // When
        PutBillResponse put = calls("service").putBill(bill(digest));
        // Then
        assertThat(put.getPackages()).isEqualTo(1);
        assertThat(put.getOrigin()).startsWith("CycloneDX 1.5 by maker, put by ");
        awaitEvidence("mill", "wheel", SCANNED, "UNKNOWN no-clock");
        Image wheel = image("service", digest);
        assertThat(wheel.getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETE);
        assertThat(wheel.getBill()).isEqualTo(put.getOrigin());
        assertThat(wheel.getVulnerabilities().getCritical()).isPositive();
        assertThat(asked(digest)).isZero();
    }

    /** A team's caller sees its own images, counts its own containers, and asks for none. */
    private void seenByTheTeam(Image cart) {
        assertThat(images("viewer"))
                .extracting(Image::getReference)
                .contains(registry() + "/shop/cart:1")
                .doesNotContain(registry() + "/shop/pay:1");
        GetImageRequest pay = GetImageRequest.newBuilder()
                .setDigest(image("service", "/shop/pay:1").getDigest())
                .build();
        assertThat(calls("viewer")
                        .getImage(GetImageRequest.newBuilder()
                                .setDigest(cart.getDigest())
                                .build())
                        .getImage()
                        .getUsers())
                .isEqualTo(1);
        assertThat(code(() -> calls("viewer").getImage(pay))).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> calls("viewer")
                        .listVulnerabilities(ListVulnerabilitiesRequest.newBuilder()
                                .setDigest(pay.getDigest())
                                .build())))
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(code(() -> calls("viewer")
                        .requestScan(RequestScanRequest.newBuilder()
                                .setReference(cart.getReference())
                                .build())))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(code(() -> calls("service")
                        .requestScan(RequestScanRequest.newBuilder()
                                .setReference("registry.example.com/other:1")
                                .build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(code(() -> calls("service")
                        .getImage(
                                GetImageRequest.newBuilder().setDigest("latest").build())))
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    /** Feeds move, the image is matched again, and its registry is not asked for it again. */
    private void movedFeeds(Image cart) throws Exception {
        long blobs = asked("/blobs/");
        SmallFeeds.write(Path.of(configured("test.feeds")), "CVE-2026-0001", "CVE-2026-0002");
        await(
                "matched again",
                () -> image("service", "/shop/cart:1").getVulnerabilities().getCritical() == 2);
        assertThat(asked("/blobs/")).isEqualTo(blobs);
        ListVulnerabilitiesRequest first = ListVulnerabilitiesRequest.newBuilder()
                .setDigest(cart.getDigest())
                .setPageSize(1)
                .build();
        ListVulnerabilitiesResponse page = calls("service").listVulnerabilities(first);
        assertThat(calls("service")
                        .listVulnerabilities(first.toBuilder()
                                .setPageToken(page.getNextPageToken())
                                .build())
                        .getVulnerabilities(0)
                        .getId())
                .isEqualTo("CVE-2026-0002");
    }

    /** The application takes another image: what it had is told as fixed. */
    private void anotherImage(String yaml) throws Exception {
        Town.relay(
                "town",
                2,
                yaml.replace("/shop/cart:1.0\"", "/shop/pay:1\"")
                        .replace("/shop/cart:1\"", "/shop/pay:1\"")
                        .replace("/open/base:1", "/shop/pay:1")
                        .replace("/shop/gone:1", "/shop/pay:1")
                        .replace("registry.example.com/other:1", registry() + "/shop/pay:1"));
        awaitEvidence("town", "cart", "image-criticals-blocked", "PASS");
        await(
                "fixed",
                () -> calls("service")
                        .listWeaknesses(ListWeaknessesRequest.newBuilder()
                                .setIncludeFixed(true)
                                .build())
                        .getWeaknessesList()
                        .stream()
                        .anyMatch(weakness -> weakness.getId().equals("CVE-2026-0001") && weakness.hasFixed()));
        assertThat(calls("service")
                        .listWeaknesses(ListWeaknessesRequest.getDefaultInstance())
                        .getWeaknessesList())
                .filteredOn(weakness -> weakness.getApplication().getCluster().equals("town"))
                .isEmpty();
    }

    @Test
    void anImageNobodyRunsIsReadWhenItIsAskedFor() throws Exception {
        Image asked = calls("service")
                .requestScan(RequestScanRequest.newBuilder()
                        .setReference(registry() + "/open/base@" + configured("test.open"))
                        .build())
                .getImage();
        assertThat(asked.getReference()).endsWith(configured("test.open"));
        await("read", () -> {
            try {
                return calls("service")
                                .getImage(GetImageRequest.newBuilder()
                                        .setDigest(configured("test.open"))
                                        .build())
                                .getImage()
                                .getState()
                        == ScanState.SCAN_STATE_COMPLETE;
            } catch (StatusRuntimeException e) {
                return false;
            }
        });
    }
}
