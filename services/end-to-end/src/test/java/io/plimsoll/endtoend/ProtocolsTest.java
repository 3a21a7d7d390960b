package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Token, upload, stage by REST and by gRPC, and the event. */
class ProtocolsTest {

    private static final String CLUSTER = "boutique";

    @Test
    void tellsTheSameStageByRestAndGrpcAndAnEvent() throws IOException {
        Optional<Path> apps = Fixtures.folder("manifests/apps");
        assumeTrue(apps.isPresent(), "shared cases are absent");
        byte[] manifests = Files.readAllBytes(apps.get().resolve("online-boutique/kubernetes-manifests.yaml"));
        Platform platform = Platform.running();
        Client admin = new Client(platform, "admin");
        try (Events events = Events.open(platform, admin, null);
                Grpc grpc = new Grpc(platform)) {
            TreeMap<String, byte[]> files = new TreeMap<>();
            files.put("online-boutique/kubernetes-manifests.yaml", manifests);
            // Once for what is loaded late, then for the figure.
            admin.settled(CLUSTER, Uploaded.put(admin, new Estate.Upload(CLUSTER, "files", "shop", files)));
            TreeMap<String, byte[]> more = new TreeMap<>(files);
            more.put("more.yaml", Uploads.bytes(Shop.of("more", "shop", 2, 1)));
            long begun = System.nanoTime();
            JsonNode stage =
                    admin.settled(CLUSTER, Uploaded.put(admin, new Estate.Upload(CLUSTER, "files", "shop", more)));
            System.out.printf("upload to stage: %.2f s%n", (System.nanoTime() - begun) / 1e9);
            StageRecord same = StageServiceGrpc.newBlockingStub(grpc.as(admin))
                    .getStage(GetStageRequest.newBuilder()
                            .setScope(ScopeRef.newBuilder().setKind(ScopeKind.SCOPE_KIND_ORGANISATION))
                            .build())
                    .getStage();
            assertThat(same.getSequence()).isEqualTo(stage.get("sequence").asLong());
            assertThat(same.getMeasured().getSecurity().getLow())
                    .isEqualTo(stage.at("/measured/security/proven").asInt());
            assertThat(same.getMeasured().getGatesCount()).isPositive();
            Platform.await(
                    "the event of the new cluster",
                    Duration.ofSeconds(30),
                    () -> events.seen().stream()
                            .anyMatch(
                                    event -> event.data().get("scope").asText().equals("cluster/" + CLUSTER)));
            String last = events.seen().getFirst().id();
            try (Events resumed = Events.open(platform, admin, last)) {
                Platform.await(
                        "the same events once more",
                        Duration.ofSeconds(30),
                        () -> resumed.seen().size() >= events.seen().size() - 1);
                assertThat(resumed.seen().getFirst().id())
                        .isEqualTo(events.seen().get(1).id());
            }
        }
    }

    @Test
    void refusesWhoeverComesWithoutToken() {
        Platform platform = Platform.running();
        try (Grpc grpc = new Grpc(platform)) {
            Status.Code code = Status.Code.OK;
            try {
                var unused = StageServiceGrpc.newBlockingStub(grpc.anonymous())
                        .getStage(GetStageRequest.getDefaultInstance());
            } catch (StatusRuntimeException e) {
                code = e.getStatus().getCode();
            }
            assertThat(code).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        for (String service : new String[] {"inventory", "stage-scoring", "network-segmentation"}) {
            assertThat(platform.ready(service)).as(service).isTrue();
        }
    }
}
