package io.plimsoll.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.images.v1.BaseImage;
import io.plimsoll.api.images.v1.BillForm;
import io.plimsoll.api.images.v1.DeleteVexDocumentResponse;
import io.plimsoll.api.images.v1.GetBillRequest;
import io.plimsoll.api.images.v1.GetBillResponse;
import io.plimsoll.api.images.v1.GetImageResponse;
import io.plimsoll.api.images.v1.Image;
import io.plimsoll.api.images.v1.ImageServiceGrpc;
import io.plimsoll.api.images.v1.ListBaseImagesResponse;
import io.plimsoll.api.images.v1.ListImagesRequest;
import io.plimsoll.api.images.v1.ListImagesResponse;
import io.plimsoll.api.images.v1.ListVexDocumentsResponse;
import io.plimsoll.api.images.v1.ListVulnerabilitiesRequest;
import io.plimsoll.api.images.v1.ListVulnerabilitiesResponse;
import io.plimsoll.api.images.v1.ListWeaknessesResponse;
import io.plimsoll.api.images.v1.NewerBase;
import io.plimsoll.api.images.v1.PutBillResponse;
import io.plimsoll.api.images.v1.PutVexDocumentRequest;
import io.plimsoll.api.images.v1.PutVexDocumentResponse;
import io.plimsoll.api.images.v1.RequestScanRequest;
import io.plimsoll.api.images.v1.RequestScanResponse;
import io.plimsoll.api.images.v1.ScanState;
import io.plimsoll.api.images.v1.SeverityCounts;
import io.plimsoll.api.images.v1.VexDocument;
import io.plimsoll.api.images.v1.Vulnerability;
import io.plimsoll.api.images.v1.Weakness;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.Severity;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions about images over REST: what is asked of image-scan, and how its answers are spelt. */
@QuarkusTest
class ImagesTest extends DoorTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final Image IMAGE = Image.newBuilder()
            .setReference("registry.example.com/cart:1")
            .setDigest(DIGEST)
            .setState(ScanState.SCAN_STATE_COMPLETE)
            .setMatched(Timestamp.newBuilder().setSeconds(1_782_820_800L))
            .setVulnerabilities(SeverityCounts.newBuilder().setCritical(1).setFixable(1))
            .setUsers(2)
            .setPlatform("linux/amd64")
            .build();

    @Test
    void listsImagesOfAScopeAndState() {
        List<ListImagesRequest> asked = new ArrayList<>();
        fakes.respond(ImageServiceGrpc.getListImagesMethod(), question -> {
            asked.add(question);
            return ListImagesResponse.newBuilder()
                    .addImages(IMAGE)
                    .setNextPageToken("more")
                    .build();
        });
        as("viewer", "shop")
                .get("/api/v1/images?scope=namespace%2Fprod%2Fshop&state=complete&pageSize=7")
                .then()
                .statusCode(200)
                .body("items[0].reference", equalTo("registry.example.com/cart:1"))
                .body("items[0].state", equalTo("complete"))
                .body("items[0].matched", equalTo("2026-06-30T12:00:00Z"))
                .body("items[0].vulnerabilities.critical", equalTo(1))
                .body("nextPageToken", equalTo("more"));
        assertThat(asked.getFirst().getScope().getNamespace()).isEqualTo("shop");
        assertThat(asked.getFirst().getState()).isEqualTo(ScanState.SCAN_STATE_COMPLETE);
        assertThat(asked.getFirst().getPageSize()).isEqualTo(7);
        as("viewer").get("/api/v1/images?state=lost").then().statusCode(400).body("place", equalTo("state"));
    }

    @Test
    void tellsOfOneImage() {
        fakes.answer(
                ImageServiceGrpc.getGetImageMethod(),
                GetImageResponse.newBuilder().setImage(IMAGE).build());
        as("viewer")
                .get("/api/v1/images/" + DIGEST)
                .then()
                .statusCode(200)
                .body("digest", equalTo(DIGEST))
                .body("users", equalTo(2));
        List<ListVulnerabilitiesRequest> asked = new ArrayList<>();
        fakes.respond(ImageServiceGrpc.getListVulnerabilitiesMethod(), question -> {
            asked.add(question);
            return ListVulnerabilitiesResponse.newBuilder()
                    .addVulnerabilities(Vulnerability.newBuilder()
                            .setId("CVE-2021-44228")
                            .setSeverity(Severity.SEVERITY_CRITICAL)
                            .setKnownExploited(true))
                    .build();
        });
        as("viewer")
                .get("/api/v1/images/" + DIGEST + "/vulnerabilities?severity=high&fixable=true")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo("CVE-2021-44228"))
                .body("items[0].severity", equalTo("critical"))
                .body("items[0].knownExploited", equalTo(true));
        assertThat(asked.getFirst().getSeverityAtLeast()).isEqualTo(Severity.SEVERITY_HIGH);
        assertThat(asked.getFirst().getFixableOnly()).isTrue();
    }

    @Test
    void givesABillAsItIsAndKnowsItAgain() {
        List<GetBillRequest> asked = new ArrayList<>();
        fakes.respond(ImageServiceGrpc.getGetBillMethod(), question -> {
            asked.add(question);
            return GetBillResponse.newBuilder()
                    .setBill(ByteString.copyFromUtf8("{\"bomFormat\":\"CycloneDX\"}"))
                    .build();
        });
        String tag = as("viewer")
                .get("/api/v1/images/" + DIGEST + "/sbom?form=spdx")
                .then()
                .statusCode(200)
                .body("bomFormat", equalTo("CycloneDX"))
                .extract()
                .header("ETag");
        assertThat(asked.getFirst().getForm()).isEqualTo(BillForm.BILL_FORM_SPDX);
        as("viewer")
                .header("If-None-Match", tag)
                .get("/api/v1/images/" + DIGEST + "/sbom")
                .then()
                .statusCode(304);
    }

    @Test
    void asksForAScan() {
        List<RequestScanRequest> asked = new ArrayList<>();
        fakes.respond(ImageServiceGrpc.getRequestScanMethod(), question -> {
            asked.add(question);
            return RequestScanResponse.newBuilder().setImage(IMAGE).build();
        });
        as("admin")
                .contentType("application/json")
                .body("{\"reference\": \"registry.example.com/cart:1\"}")
                .post("/api/v1/images:scan")
                .then()
                .statusCode(202)
                .body("digest", equalTo(DIGEST));
        assertThat(asked.getFirst().getReference()).isEqualTo("registry.example.com/cart:1");
        for (String body :
                List.of("", "[]", "{}", "{\"reference\": 1}", "{\"other\": \"x\"}", "{\"reference\": \"\\u0000\"}")) {
            as("admin")
                    .contentType("application/json")
                    .body(body)
                    .post("/api/v1/images:scan")
                    .then()
                    .statusCode(400);
        }
        as("admin")
                .contentType("application/json")
                .body("{\"reference\": \"" + "x".repeat(9_000) + "\"}")
                .post("/api/v1/images:scan")
                .then()
                .statusCode(413)
                .body("limit", containsString("8192"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void tellsOfWeaknesses() {
        fakes.answer(
                ImageServiceGrpc.getListWeaknessesMethod(),
                ListWeaknessesResponse.newBuilder()
                        .addWeaknesses(Weakness.newBuilder()
                                .setApplication(ScopeRef.newBuilder()
                                        .setKind(ScopeKind.SCOPE_KIND_APPLICATION)
                                        .setCluster("prod")
                                        .setNamespace("shop")
                                        .setName("shop"))
                                .setId("CVE-2021-44228"))
                        .build());
        as("viewer")
                .get("/api/v1/weaknesses?includeFixed=true")
                .then()
                .statusCode(200)
                .body("items[0].application", equalTo("application/prod/shop/shop"))
                .body("items[0].id", equalTo("CVE-2021-44228"));
    }

    @Test
    void tellsWhichNewerBaseMendsHowMuch() {
        fakes.answer(
                ImageServiceGrpc.getListBaseImagesMethod(),
                ListBaseImagesResponse.newBuilder()
                        .addBases(BaseImage.newBuilder()
                                .setName("docker.io/library/debian:12")
                                .setApplications(3)
                                .setWeaknesses(9)
                                .setNewer(NewerBase.newBuilder()
                                        .setName("docker.io/library/debian:13")
                                        .setMends(7)))
                        .setWithout(2)
                        .build());
        as("viewer")
                .get("/api/v1/base-images?scope=team%2Fshop")
                .then()
                .statusCode(200)
                .body("items[0].applications", equalTo(3))
                .body("items[0].newer.mends", equalTo(7))
                .body("items[0].newer.adds", equalTo(0))
                .body("without", equalTo(2));
    }

    @Test
    void takesStatementsAndBills() {
        List<PutVexDocumentRequest> asked = new ArrayList<>();
        fakes.respond(ImageServiceGrpc.getPutVexDocumentMethod(), question -> {
            asked.add(question);
            return PutVexDocumentResponse.newBuilder()
                    .setDocument(VexDocument.newBuilder().setName("left").setStatements(1))
                    .build();
        });
        fakes.answer(ImageServiceGrpc.getDeleteVexDocumentMethod(), DeleteVexDocumentResponse.getDefaultInstance());
        fakes.answer(
                ImageServiceGrpc.getListVexDocumentsMethod(),
                ListVexDocumentsResponse.newBuilder()
                        .addDocuments(VexDocument.newBuilder().setName("left"))
                        .build());
        fakes.answer(
                ImageServiceGrpc.getPutBillMethod(),
                PutBillResponse.newBuilder()
                        .setPackages(4)
                        .setOrigin("CycloneDX 1.6")
                        .build());
        as("security")
                .contentType("application/json")
                .body("{\"a\": 1}")
                .put("/api/v1/vex/left")
                .then()
                .statusCode(200)
                .body("statements", equalTo(1));
        assertThat(asked.getFirst().getName()).isEqualTo("left");
        assertThat(asked.getFirst().getDocument().toStringUtf8()).isEqualTo("{\"a\": 1}");
        as("security").get("/api/v1/vex").then().statusCode(200).body("items[0].name", equalTo("left"));
        as("security").delete("/api/v1/vex/left").then().statusCode(204);
        as("security")
                .contentType("application/json")
                .body("{}")
                .put("/api/v1/images/" + DIGEST + "/sbom")
                .then()
                .statusCode(200)
                .body("packages", equalTo(4));
        // Whoever may not is refused before a byte is kept.
        as("viewer", "shop")
                .contentType("application/json")
                .body("{}")
                .put("/api/v1/vex/left")
                .then()
                .statusCode(403);
        as("security")
                .contentType("application/json")
                .body("x".repeat((7 << 20) + 1))
                .put("/api/v1/vex/left")
                .then()
                .statusCode(413);
        assertThat(asked).hasSize(1);
    }

    @Test
    void saysWhatAnOlderServiceDoesNotOffer() {
        as("viewer").get("/api/v1/feed").then().statusCode(501);
    }
}
