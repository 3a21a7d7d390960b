package io.plimsoll.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.plimsoll.api.findings.v1.Finding;
import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.PutDeclarationsRequest;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.ListScopesRequest;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.api.scoring.v1.ScopeSummary;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A team's viewer sees the team's scopes and nothing of another team, by whichever door. */
class TeamTest {

    private static final String CLUSTER = "teams";
    private static final Set<String> VISIBLE = Set.of("team/shop", "namespace/" + CLUSTER + "/front");

    private static Client admin;
    private static Client viewer;

    @BeforeAll
    static void upload() {
        Platform platform = Platform.running();
        admin = new Client(platform, "admin");
        viewer = new Client(platform, "shop-viewer");
        admin.settled(CLUSTER, put(0));
    }

    private static String put(int privileged) {
        String yaml = Shop.of("front", "shop", 3, privileged) + "---\n" + Shop.of("vault", "payments", 3, privileged);
        return Uploaded.put(admin, Uploaded.file(CLUSTER, yaml));
    }

    @Test
    void listsOnlyTheTeamsScopesByRest() {
        List<String> scopes = viewer.all("/api/v1/scopes").stream()
                .map(scope -> scope.get("scope").asText())
                .toList();
        assertThat(scopes).containsAll(VISIBLE);
        assertThat(scopes).allSatisfy(TeamTest::ofTheTeam);
        assertThat(viewer.all("/api/v1/findings").toString()).doesNotContain("vault", "\"payments\"");
    }

    @Test
    void calledByNameAnotherTeamsScopeIsNotThereByRest() {
        for (JsonNode scope : admin.all("/api/v1/scopes")) {
            String id = scope.get("scope").asText();
            for (String what : List.of("stage", "gates", "gates/S2.registry/evidence", "findings", "history")) {
                int status = viewer.status("/api/v1/scopes/" + Client.encoded(id) + "/" + what);
                if (!mayBeSeen(id)) {
                    assertThat(status).as(id + "/" + what).isEqualTo(404);
                }
            }
        }
        assertThat(viewer.status("/api/v1/scopes/" + Client.encoded("team/shop") + "/stage"))
                .isEqualTo(200);
    }

    @Test
    void connectionsShowNoWorkloadOfAnotherTeam() {
        assertThat(viewer.get("/api/v1/connections?cluster=" + CLUSTER).toString())
                .doesNotContain("vault", "\"payments\"");
    }

    @Test
    void writesNothing() {
        assertThat(viewer.upload(CLUSTER, "files", Shop.of("front", "shop", 1, 0))
                        .statusCode())
                .isEqualTo(403);
        try (Grpc grpc = new Grpc(Platform.running())) {
            var inventory = InventoryServiceGrpc.newBlockingStub(grpc.as(viewer));
            assertThat(code(() -> inventory.putDeclarations(PutDeclarationsRequest.newBuilder()
                            .setSource("mine")
                            .build())))
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void listsOnlyTheTeamsScopesByGrpc() {
        try (Grpc grpc = new Grpc(Platform.running())) {
            Channel channel = grpc.as(viewer);
            List<ScopeSummary> scopes = ScopeServiceGrpc.newBlockingStub(channel)
                    .listScopes(ListScopesRequest.newBuilder().setPageSize(500).build())
                    .getScopesList();
            assertThat(scopes).isNotEmpty();
            assertThat(scopes)
                    .allSatisfy(scope -> assertThat(scope.toString()).doesNotContain("vault", "\"payments\""));
            List<Finding> findings = FindingServiceGrpc.newBlockingStub(channel)
                    .listFindings(
                            ListFindingsRequest.newBuilder().setPageSize(500).build())
                    .getFindingsList();
            assertThat(findings).isNotEmpty();
            assertThat(findings)
                    .allSatisfy(finding -> assertThat(finding.getTeam()).isIn("", "shop"));
            var stages = StageServiceGrpc.newBlockingStub(channel);
            assertThat(code(() -> stages.getStage(stageOf(ScopeKind.SCOPE_KIND_TEAM, "payments"))))
                    .isEqualTo(Status.Code.NOT_FOUND);
            assertThat(stages.getStage(stageOf(ScopeKind.SCOPE_KIND_TEAM, "shop"))
                            .getStage()
                            .getScope()
                            .getName())
                    .isEqualTo("shop");
        }
    }

    @Test
    void hearsOnlyOfTheTeamsScopes() {
        try (Events theirs = Events.open(Platform.running(), viewer, null);
                Events all = Events.open(Platform.running(), admin, null)) {
            admin.settled(CLUSTER, put(3));
            Platform.await(
                    "an event of each team",
                    Duration.ofSeconds(30),
                    () -> told(all, "namespace/teams/vault") && told(theirs, "namespace/teams/front"));
            admin.settled(CLUSTER, put(0));
            Platform.await(
                    "another event", Duration.ofSeconds(30), () -> theirs.seen().size() >= 2);
            assertThat(theirs.seen())
                    .allSatisfy(event -> ofTheTeam(event.data().get("scope").asText()));
        }
    }

    private static boolean told(Events events, String scope) {
        return events.seen().stream()
                .anyMatch(event -> event.data().get("scope").asText().equals(scope));
    }

    private static GetStageRequest stageOf(ScopeKind kind, String name) {
        return GetStageRequest.newBuilder()
                .setScope(ScopeRef.newBuilder().setKind(kind).setName(name))
                .build();
    }

    private static Status.Code code(Runnable call) {
        try {
            call.run();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static void ofTheTeam(String scope) {
        assertThat(mayBeSeen(scope)).as(scope).isTrue();
    }

    /** In this test's cluster, and of the other team anywhere; what else the organisation holds is other tests' business. */
    private static boolean mayBeSeen(String scope) {
        boolean another = scope.equals("organisation")
                || scope.equals("team/payments")
                || scope.equals("cluster/" + CLUSTER)
                || scope.matches("(namespace|application)/" + CLUSTER + "/vault(/.*)?");
        return !another;
    }
}
