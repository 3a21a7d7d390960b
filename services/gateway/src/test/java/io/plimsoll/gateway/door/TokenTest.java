package io.plimsoll.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListClustersResponse;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is let in. */
@QuarkusTest
class TokenTest extends DoorTest {

    private static final List<String> PATHS = List.of(
            "/api/v1/session",
            "/api/v1/clusters",
            "/api/v1/clusters/prod",
            "/api/v1/declarations",
            "/api/v1/scopes",
            "/api/v1/scopes/organisation/stage",
            "/api/v1/scopes/organisation/gates",
            "/api/v1/scopes/organisation/gates/S3.base-app/evidence",
            "/api/v1/scopes/organisation/findings",
            "/api/v1/scopes/organisation/history",
            "/api/v1/findings",
            "/api/v1/connections?cluster=prod",
            "/api/v1/clusters/prod/segmentation",
            "/api/v1/clusters/prod/segmentation/explanations?from=a/Pod/b&to=10.0.0.0/8",
            "/api/v1/clusters/prod/segmentation/exposures",
            "/api/v1/clusters/prod/segmentation/suggestions",
            "/api/v1/clusters/prod/segmentation/suggestions.yaml",
            "/api/v1/clusters/prod/segmentation/graph/nodes",
            "/api/v1/clusters/prod/segmentation/graph/edges",
            "/api/v1/coverage",
            "/api/v1/events");

    @Test
    void nothingBelowApiAnswersWithoutAToken() {
        for (String path : PATHS) {
            RestAssured.get(path)
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .contentType("application/problem+json")
                    .body("type", containsString("unauthenticated"))
                    .body("status", equalTo(401));
        }
        RestAssured.given()
                .body("x".getBytes(UTF_8))
                .contentType("application/yaml")
                .put("/api/v1/declarations")
                .then()
                .statusCode(401);
        RestAssured.given()
                .body("x".getBytes(UTF_8))
                .contentType("application/yaml")
                .put("/api/v1/clusters/c/sources/s/manifests")
                .then()
                .statusCode(401);
        RestAssured.given()
                .body("x".getBytes(UTF_8))
                .contentType("application/yaml")
                .post("/api/v1/clusters/c/segmentation/what-if")
                .then()
                .statusCode(401);
        RestAssured.post("/api/v1/topics:rebuild").then().statusCode(401);
        RestAssured.get("/api/v1/nothing-here").then().statusCode(401);
    }

    @Test
    void aTokenThatIsNotForThisPlatformIsNone() {
        fakes.answer(InventoryServiceGrpc.getListClustersMethod(), ListClustersResponse.getDefaultInstance());
        List<String> bad = List.of(
                tokens.forAudience("another"),
                tokens.ofIssuer("https://issuer.test/realms/another"),
                tokens.endingIn(-60),
                tokens.ofAnotherKey(),
                tokens.unsigned("none"),
                tokens.unsigned("None"),
                tokens.unsigned("nOnE"),
                tokens.unsigned("RS256"),
                tokens.ofThePublicKeyAsASecret(),
                tokens.changedAfterSigning(),
                "not-a-token",
                "a.b.c");
        for (String token : bad) {
            with(token)
                    .get("/api/v1/clusters")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .contentType("application/problem+json");
        }
        assertThat(fakes.asked(InventoryServiceGrpc.getListClustersMethod())).isEmpty();
    }

    @Test
    void theCallersOwnTokenIsPassedOnUnchanged() {
        fakes.answer(InventoryServiceGrpc.getListClustersMethod(), ListClustersResponse.getDefaultInstance());
        String token = tokens.of("viewer", "shop");
        with(token).get("/api/v1/clusters").then().statusCode(200).body("items.size()", equalTo(0));
        assertThat(fakes.asked(InventoryServiceGrpc.getListClustersMethod()))
                .singleElement()
                .extracting(Fakes.Asked::token)
                .isEqualTo("Bearer " + token);
    }

    @Test
    void tellsWhoAsks() {
        as("owner", "shop", "bank")
                .get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("name", equalTo("owner-person"))
                .body("roles", equalTo(List.of("owner")))
                .body("teams", equalTo(List.of("bank", "shop")))
                .body("seesAll", equalTo(false));
    }

    @Test
    void onlyAdministratorsAndServicesWrite() {
        for (String role : List.of("viewer", "owner", "security", "sensor", "unheard-of")) {
            as(role, "shop")
                    .contentType("application/yaml")
                    .body("kind: Pod".getBytes(UTF_8))
                    .put("/api/v1/clusters/c/sources/s/manifests")
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("type", containsString("forbidden"));
            as(role, "shop")
                    .contentType("application/yaml")
                    .body("format: plimsoll.declarations/v1".getBytes(UTF_8))
                    .put("/api/v1/declarations")
                    .then()
                    .statusCode(403);
        }
        assertThat(fakes.asked(InventoryServiceGrpc.getUploadManifestsMethod())).isEmpty();
        assertThat(fakes.asked(InventoryServiceGrpc.getPutDeclarationsMethod())).isEmpty();
    }

    @Test
    void healthMetricsAndTheContractNeedNoToken() {
        RestAssured.get("/q/health/live").then().statusCode(200);
        RestAssured.get("/q/metrics").then().statusCode(200);
        RestAssured.get("/q/openapi").then().statusCode(200).body(containsString("/api/v1/scopes/{scope"));
    }

    @Test
    void answersCarryHeadersThatBindBrowsers() {
        as("viewer")
                .header("Origin", "https://elsewhere.test")
                .get("/api/v1/session")
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .header("Cache-Control", containsString("no-store"))
                .header("Access-Control-Allow-Origin", org.hamcrest.Matchers.nullValue())
                // Connections are kept: only one with an unread body is closed.
                .header("Connection", org.hamcrest.Matchers.nullValue());
        RestAssured.get("/api/v1/session")
                .then()
                .statusCode(401)
                .header("Connection", org.hamcrest.Matchers.nullValue());
    }
}
