package io.plimsoll.gateway.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListClustersResponse;
import io.plimsoll.api.kernel.v1.NotOwner;
import io.plimsoll.api.kernel.v1.Replaying;
import io.plimsoll.api.scoring.v1.GetStageResponse;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Services that are away, slow, not the owner, or still reading: said as such, never a hang, and over when they are back. */
@QuarkusTest
class AwayTest extends DoorTest {

    @Test
    void aServiceThatIsAwayIsNamedAndIsBackByItself() throws IOException, InterruptedException {
        fakes.answer(InventoryServiceGrpc.getListClustersMethod(), ListClustersResponse.getDefaultInstance());
        as("admin").get("/api/v1/clusters").then().statusCode(200);
        fakes.kill("inventory");
        as("admin")
                .get("/api/v1/clusters")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:plimsoll:problem:service-away"))
                .body("place", equalTo("inventory"))
                .body("detail", containsString("inventory"));
        as("admin")
                .contentType("application/yaml")
                .body("a: 1".getBytes(UTF_8))
                .put("/api/v1/clusters/c/sources/s/manifests")
                .then()
                .statusCode(503)
                .body("place", equalTo("inventory"));
        // The others go on, and so does the door itself.
        fakes.answer(StageServiceGrpc.getGetStageMethod(), GetStageResponse.getDefaultInstance());
        as("admin").get("/api/v1/scopes/organisation/stage").then().statusCode(200);
        as("admin").get("/q/health/live").then().statusCode(200);
        fakes.begin("inventory");
        Poll.until(() -> as("admin").get("/api/v1/clusters").statusCode() == 200);
    }

    @Test
    void aServiceThatIsSilentIsAwayAtTheDeadline() {
        CompletableFuture<Void> never = new CompletableFuture<>();
        fakes.respond(StageServiceGrpc.getGetStageMethod(), question -> {
            never.join();
            return GetStageResponse.getDefaultInstance();
        });
        try {
            as("admin")
                    .get("/api/v1/scopes/organisation/stage")
                    .then()
                    .statusCode(503)
                    .body("type", equalTo("urn:plimsoll:problem:service-away"))
                    .body("detail", containsString("in time"));
        } finally {
            never.complete(null);
        }
    }

    @Test
    void theOwnerIsAskedOnceWithTheSameToken() {
        fakes.respond("network-segmentation", ConnectionServiceGrpc.getListConnectionsMethod(), question -> {
            throw detailed(Code.FAILED_PRECONDITION, notOwner(fakes.address("owner")));
        });
        fakes.respond(
                "owner",
                ConnectionServiceGrpc.getListConnectionsMethod(),
                question -> ListConnectionsResponse.newBuilder()
                        .setNextPageToken("of the owner")
                        .build());
        String token = tokens.of("viewer", "shop");
        with(token)
                .get("/api/v1/connections?cluster=prod")
                .then()
                .statusCode(200)
                .body("nextPageToken", equalTo("of the owner"));
        assertThat(fakes.asked(ConnectionServiceGrpc.getListConnectionsMethod()))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.token()).isEqualTo("Bearer " + token));
    }

    @Test
    void anOwnerThatIsNoneAnyMoreEndsTheSearch() {
        fakes.respond(ConnectionServiceGrpc.getListConnectionsMethod(), question -> {
            throw detailed(Code.FAILED_PRECONDITION, notOwner(fakes.address("owner")));
        });
        as("admin")
                .get("/api/v1/connections?cluster=prod")
                .then()
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("urn:plimsoll:problem:not-owner"))
                .body("detail", containsString("prod"));
        assertThat(fakes.asked(ConnectionServiceGrpc.getListConnectionsMethod()))
                .hasSize(2);
    }

    @Test
    void anAddressThatIsNoneIsNotCalled() {
        for (String address : new String[] {"", "http://elsewhere.test/", "owner", "host:port", "a b:1"}) {
            fakes.forget();
            fakes.respond(ConnectionServiceGrpc.getListConnectionsMethod(), question -> {
                throw detailed(Code.FAILED_PRECONDITION, notOwner(address));
            });
            as("admin").get("/api/v1/connections?cluster=prod").then().statusCode(503);
            assertThat(fakes.asked(ConnectionServiceGrpc.getListConnectionsMethod()))
                    .hasSize(1);
        }
    }

    @Test
    void whileTheOwnerReadsItSaysWhenToComeAgain() {
        fakes.respond(ConnectionServiceGrpc.getListConnectionsMethod(), question -> {
            throw detailed(
                    Code.UNAVAILABLE,
                    Replaying.newBuilder()
                            .setCluster("prod")
                            .setRetryAfterMillis(7_000)
                            .build());
        });
        as("admin")
                .get("/api/v1/connections?cluster=prod")
                .then()
                .statusCode(503)
                .header("Retry-After", "7")
                .body("type", equalTo("urn:plimsoll:problem:replaying"));
    }

    static StatusRuntimeException detailed(Code code, Message detail) {
        return StatusProto.toStatusRuntimeException(com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage("as the detail says")
                .addDetails(Any.pack(detail))
                .build());
    }

    static NotOwner notOwner(String address) {
        return NotOwner.newBuilder().setCluster("prod").setOwnerAddress(address).build();
    }
}
