package io.plimsoll.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.plimsoll.api.declarations.v1.DeclarationRecord;
import io.plimsoll.api.declarations.v1.TeamDeclaration;
import io.plimsoll.api.findings.v1.Finding;
import io.plimsoll.api.findings.v1.FindingLife;
import io.plimsoll.api.findings.v1.FindingResolution;
import io.plimsoll.api.findings.v1.FindingServiceGrpc;
import io.plimsoll.api.findings.v1.FindingStatus;
import io.plimsoll.api.findings.v1.ListFindingHistoryRequest;
import io.plimsoll.api.findings.v1.ListFindingHistoryResponse;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.findings.v1.ListFindingsResponse;
import io.plimsoll.api.inventory.v1.Cluster;
import io.plimsoll.api.inventory.v1.GetClusterResponse;
import io.plimsoll.api.inventory.v1.InventoryServiceGrpc;
import io.plimsoll.api.inventory.v1.ListDeclarationsResponse;
import io.plimsoll.api.inventory.v1.RebuildTopicsResponse;
import io.plimsoll.api.kernel.v1.ClusterMode;
import io.plimsoll.api.kernel.v1.EvidenceState;
import io.plimsoll.api.kernel.v1.Reason;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.Severity;
import io.plimsoll.api.kernel.v1.Source;
import io.plimsoll.api.kernel.v1.StageBand;
import io.plimsoll.api.kernel.v1.SubjectKind;
import io.plimsoll.api.kernel.v1.SubjectRef;
import io.plimsoll.api.scoring.v1.GateEvidence;
import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.GetStageResponse;
import io.plimsoll.api.scoring.v1.HistoryPoint;
import io.plimsoll.api.scoring.v1.ListGateEvidenceRequest;
import io.plimsoll.api.scoring.v1.ListGateEvidenceResponse;
import io.plimsoll.api.scoring.v1.ListGatesResponse;
import io.plimsoll.api.scoring.v1.ListScopesRequest;
import io.plimsoll.api.scoring.v1.ListScopesResponse;
import io.plimsoll.api.scoring.v1.ListStageHistoryResponse;
import io.plimsoll.api.scoring.v1.ScopeServiceGrpc;
import io.plimsoll.api.scoring.v1.ScopeSummary;
import io.plimsoll.api.scoring.v1.StageServiceGrpc;
import io.plimsoll.api.segmentation.v1.Connection;
import io.plimsoll.api.segmentation.v1.ConnectionServiceGrpc;
import io.plimsoll.api.segmentation.v1.Endpoint;
import io.plimsoll.api.segmentation.v1.ListConnectionsRequest;
import io.plimsoll.api.segmentation.v1.ListConnectionsResponse;
import io.plimsoll.api.segmentation.v1.PortRange;
import io.plimsoll.api.segmentation.v1.Protocol;
import io.plimsoll.api.segmentation.v1.Verdict;
import io.plimsoll.api.stages.v1.Freeboard;
import io.plimsoll.api.stages.v1.GateResult;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.api.stages.v1.Standing;
import io.plimsoll.api.tallies.v1.Counts;
import io.plimsoll.api.tallies.v1.ReasonCount;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.problem.ProblemStatus;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every question that REST answers, and what it says when it cannot. */
@QuarkusTest
class QuestionsTest extends DoorTest {

    private static final ScopeRef SHOP = ScopeRef.newBuilder()
            .setKind(ScopeKind.SCOPE_KIND_NAMESPACE)
            .setCluster("prod")
            .setNamespace("shop")
            .setName("shop")
            .build();

    private static final GateResult GATE = GateResult.newBuilder()
            .setId("S3.base-app")
            .setStage(3)
            .setStatus(EvidenceState.EVIDENCE_STATE_UNKNOWN)
            .setReason(Reason.REASON_NEEDS_CONNECTOR)
            .setRatio(2 / 3.0)
            .setThreshold(0.9)
            .setCounts(Counts.newBuilder().setPass(2).setUnknown(1).setTotal(3))
            .addUnknowns(ReasonCount.newBuilder()
                    .setReason(Reason.REASON_NEEDS_CONNECTOR)
                    .setCount(1)
                    .setSettledBy("a registry"))
            .build();

    private static final StageRecord STAGE = StageRecord.newBuilder()
            .setScope(SHOP)
            .setSequence(7)
            .setSnapshot(ByteString.copyFrom(new byte[] {(byte) 0xab, 1}))
            .setMeasured(Standing.newBuilder()
                    .setSecurity(StageBand.newBuilder().setLow(2).setHigh(3))
                    .setPlacement(3)
                    .setFreeboard(Freeboard.newBuilder().setLow(-1).setHigh(1))
                    .addGates(GATE))
            .build();

    private static final Finding FINDING = Finding.newBuilder()
            .setControl("run-as-non-root")
            .setState(EvidenceState.EVIDENCE_STATE_FAIL)
            .setSeverity(Severity.SEVERITY_HIGH)
            .setSubject(SubjectRef.newBuilder()
                    .setKind(SubjectKind.SUBJECT_KIND_WORKLOAD)
                    .setCluster("prod")
                    .setNamespace("shop")
                    .setObject("Deployment")
                    .setName("cart"))
            .setPath("spec.template.spec.securityContext.runAsNonRoot")
            .setMessage("runs as root")
            .setRemediation("set runAsNonRoot")
            .setSource(
                    Source.newBuilder().setFile("shop/cart.yaml").setDocument(2).setLine(14))
            .build();

    @Test
    void listsScopesByPage() {
        fakes.answer(
                ScopeServiceGrpc.getListScopesMethod(),
                ListScopesResponse.newBuilder()
                        .addScopes(ScopeSummary.newBuilder()
                                .setScope(SHOP)
                                .setParent(ScopeRef.newBuilder()
                                        .setKind(ScopeKind.SCOPE_KIND_CLUSTER)
                                        .setCluster("prod"))
                                .setPlacement(2)
                                .setProvisional(true))
                        .setNextPageToken("more")
                        .build());
        as("viewer", "shop")
                .get("/api/v1/scopes?kind=namespace&parent=cluster/prod&pageSize=1&pageToken=t")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("items[0].scope", equalTo("namespace/prod/shop"))
                .body("items[0].parent", equalTo("cluster/prod"))
                .body("items[0].placement", equalTo(2))
                .body("items[0].provisional", equalTo(true))
                .body("nextPageToken", equalTo("more"));
        ListScopesRequest asked = (ListScopesRequest)
                fakes.asked(ScopeServiceGrpc.getListScopesMethod()).getFirst().question();
        assertThat(asked.getKind()).isEqualTo(ScopeKind.SCOPE_KIND_NAMESPACE);
        assertThat(asked.getParent().getCluster()).isEqualTo("prod");
        assertThat(asked.getPageSize()).isEqualTo(1);
        assertThat(asked.getPageToken()).isEqualTo("t");
    }

    @Test
    void tellsAStageWithTheReportsScopeAndATag() {
        fakes.answer(
                StageServiceGrpc.getGetStageMethod(),
                GetStageResponse.newBuilder().setStage(STAGE).build());
        String tag = "";
        for (String path : List.of("namespace/prod/shop", "namespace%2Fprod%2Fshop")) {
            tag = as("viewer", "shop")
                    .get("/api/v1/scopes/" + path + "/stage")
                    .then()
                    .statusCode(200)
                    .body("measured.scope", equalTo("namespace/prod/shop"))
                    .body("measured.security.proven", equalTo(2))
                    .body("measured.gates[0].ratio", equalTo(0.6667f))
                    .body("snapshot", equalTo("ab01"))
                    .body("sequence", equalTo(7))
                    .header("ETag", notNullValue())
                    .extract()
                    .header("ETag");
        }
        as("viewer", "shop")
                .header("If-None-Match", tag)
                .get("/api/v1/scopes/namespace/prod/shop/stage")
                .then()
                .statusCode(304)
                .header("ETag", tag)
                .body(equalTo(""));
        as("viewer", "shop")
                .header("If-None-Match", "\"other\"")
                .get("/api/v1/scopes/namespace/prod/shop/stage")
                .then()
                .statusCode(200);
        assertThat(fakes.asked(StageServiceGrpc.getGetStageMethod()))
                .extracting(each -> ((GetStageRequest) each.question()).getScope())
                .hasSize(4)
                .containsOnly(SHOP);
    }

    @Test
    void listsGatesAndTheirEvidence() {
        fakes.answer(
                StageServiceGrpc.getListGatesMethod(),
                ListGatesResponse.newBuilder().addGates(GATE).build());
        fakes.answer(
                StageServiceGrpc.getListGateEvidenceMethod(),
                ListGateEvidenceResponse.newBuilder()
                        .addEvidence(GateEvidence.newBuilder()
                                .setSubject(FINDING.getSubject())
                                .setControl("run-as-non-root")
                                .setState(EvidenceState.EVIDENCE_STATE_NOT_APPLICABLE)
                                .setWeightThousandths(1_500))
                        .build());
        as("viewer", "shop")
                .get("/api/v1/scopes/namespace/prod/shop/gates?stage=3&status=unknown")
                .then()
                .statusCode(200)
                .body("items[0].id", equalTo("S3.base-app"))
                .body("items[0].status", equalTo("UNKNOWN"))
                .body("items[0].reason", equalTo("needs-connector"))
                .body("items[0].unknowns[0].settledBy", equalTo("a registry"))
                .body("nextPageToken", equalTo(""));
        as("viewer", "shop")
                .get("/api/v1/scopes/namespace%2Fprod%2Fshop/gates/S3.base-app/evidence?status=not-applicable")
                .then()
                .statusCode(200)
                .body("items[0].subject.name", equalTo("cart"))
                .body("items[0].status", equalTo("NOT_APPLICABLE"))
                .body("items[0].weight", equalTo(1.5f));
        assertThat(fakes.asked(StageServiceGrpc.getListGateEvidenceMethod()))
                .extracting(each -> ((ListGateEvidenceRequest) each.question()).getGate())
                .containsExactly("S3.base-app");
    }

    @Test
    void listsFindingsOfAScopeAndOfAll() {
        fakes.answer(
                FindingServiceGrpc.getListFindingsMethod(),
                ListFindingsResponse.newBuilder().addFindings(FINDING).build());
        for (String path : List.of(
                "/api/v1/findings?scope=namespace/prod/shop&control=run-as-non-root&severity=high&includeWaived=true"
                        + "&firstSeenSince=2026-01-01T00:00:00Z",
                "/api/v1/scopes/namespace/prod/shop/findings?control=run-as-non-root&severity=high&includeWaived=true"
                        + "&firstSeenSince=2026-01-01T00:00:00Z")) {
            as("viewer", "shop")
                    .get(path)
                    .then()
                    .statusCode(200)
                    .header("ETag", org.hamcrest.Matchers.startsWith("\""))
                    .body("items[0].control", equalTo("run-as-non-root"))
                    .body("items[0].status", equalTo("FAIL"))
                    .body("items[0].severity", equalTo("high"))
                    .body("items[0].subject.kind", equalTo("Deployment"))
                    .body("items[0].source.line", equalTo(14));
        }
        assertThat(fakes.asked(FindingServiceGrpc.getListFindingsMethod()))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.question())
                        .isEqualTo(ListFindingsRequest.newBuilder()
                                .setScope(SHOP)
                                .setControl("run-as-non-root")
                                .setSeverityAtLeast(Severity.SEVERITY_HIGH)
                                .setIncludeWaived(true)
                                .setFirstSeenSince(Timestamp.newBuilder().setSeconds(1_767_225_600))
                                .build()));
    }

    @Test
    void listsFindingsOverTime() {
        Timestamp first = Timestamp.newBuilder().setSeconds(1_767_225_600).build();
        Timestamp last = Timestamp.newBuilder().setSeconds(1_767_229_200).build();
        fakes.answer(
                FindingServiceGrpc.getListFindingHistoryMethod(),
                ListFindingHistoryResponse.newBuilder()
                        .addFindings(FindingLife.newBuilder()
                                .setFinding(FINDING)
                                .setStatus(FindingStatus.FINDING_STATUS_RESOLVED)
                                .setFirstSeen(first)
                                .setLastSeen(first)
                                .setResolvedAt(last)
                                .setResolution(FindingResolution.FINDING_RESOLUTION_NOT_APPLICABLE)
                                .setReopenings(2))
                        .setNextPageToken("next")
                        .build());
        String path = "/api/v1/findings/history?scope=namespace/prod/shop&control=run-as-non-root&severity=high"
                + "&status=resolved&includeWaived=true&firstSeenSince=2026-01-01T00:00:00Z"
                + "&firstSeenUntil=2026-01-01T01:00:00Z&pageSize=7&pageToken=abc";
        String tag = as("viewer", "shop")
                .get(path)
                .then()
                .statusCode(200)
                .body("items[0].finding.control", equalTo("run-as-non-root"))
                .body("items[0].status", equalTo("resolved"))
                .body("items[0].firstSeen", equalTo("2026-01-01T00:00:00Z"))
                .body("items[0].lastSeen", equalTo("2026-01-01T00:00:00Z"))
                .body("items[0].resolvedAt", equalTo("2026-01-01T01:00:00Z"))
                .body("items[0].resolution", equalTo("not-applicable"))
                .body("items[0].reopenedAt", org.hamcrest.Matchers.nullValue())
                .body("items[0].reopenings", equalTo(2))
                .body("nextPageToken", equalTo("next"))
                .extract()
                .header("ETag");
        as("viewer", "shop").header("If-None-Match", tag).get(path).then().statusCode(304);
        assertThat(fakes.asked(FindingServiceGrpc.getListFindingHistoryMethod()))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.question())
                        .isEqualTo(ListFindingHistoryRequest.newBuilder()
                                .setScope(SHOP)
                                .setControl("run-as-non-root")
                                .setSeverityAtLeast(Severity.SEVERITY_HIGH)
                                .setStatus(FindingStatus.FINDING_STATUS_RESOLVED)
                                .setIncludeWaived(true)
                                .setFirstSeenSince(first)
                                .setFirstSeenUntil(last)
                                .setPageSize(7)
                                .setPageToken("abc")
                                .build()));
    }

    @Test
    void listsHistoryCoverageAndDeclarations() {
        fakes.answer(
                StageServiceGrpc.getListStageHistoryMethod(),
                ListStageHistoryResponse.newBuilder()
                        .addPoints(HistoryPoint.newBuilder()
                                .setSequence(3)
                                .setPublished(Timestamp.newBuilder().setSeconds(1_700_000_000)))
                        .build());
        fakes.answer(
                StageServiceGrpc.getListCoverageMethod(),
                io.plimsoll.api.scoring.v1.ListCoverageResponse.newBuilder()
                        .addCoverage(io.plimsoll.api.kernel.v1.Coverage.newBuilder()
                                .setKind("parse-error")
                                .setText("cannot be read"))
                        .build());
        fakes.answer(
                InventoryServiceGrpc.getListDeclarationsMethod(),
                ListDeclarationsResponse.newBuilder()
                        .addDeclarations(DeclarationRecord.newBuilder()
                                .setNumber(4)
                                .setKind("team")
                                .setName("shop")
                                .setTeam(TeamDeclaration.newBuilder().setName("shop")))
                        .build());
        as("viewer", "shop")
                .get("/api/v1/scopes/namespace/prod/shop/history?since=2023-01-01T00:00:00Z")
                .then()
                .statusCode(200)
                .body("items[0].published", equalTo("2023-11-14T22:13:20Z"));
        as("viewer", "shop")
                .get("/api/v1/coverage")
                .then()
                .statusCode(200)
                .body("items[0].kind", equalTo("parse-error"));
        as("viewer", "shop")
                .get("/api/v1/declarations?kind=team")
                .then()
                .statusCode(200)
                .body("items[0].team.name", equalTo("shop"))
                .body("items[0].number", equalTo(4));
    }

    @Test
    void tellsAClusterUnderTheTagThatUploadsTake() {
        fakes.answer(
                InventoryServiceGrpc.getGetClusterMethod(),
                GetClusterResponse.newBuilder()
                        .setCluster(Cluster.newBuilder()
                                .setName("prod")
                                .setMode(ClusterMode.CLUSTER_MODE_MANIFESTS)
                                .setRevision(Revision.newBuilder().setEpoch(1).setNumber(17))
                                .setObjectCount(42))
                        .build());
        as("viewer", "shop")
                .get("/api/v1/clusters/prod")
                .then()
                .statusCode(200)
                .header("ETag", "\"1.17\"")
                .body("name", equalTo("prod"))
                .body("revision", equalTo("1.17"))
                .body("objects", equalTo(42));
        as("viewer", "shop")
                .header("If-None-Match", "\"1.17\"")
                .get("/api/v1/clusters/prod")
                .then()
                .statusCode(304);
    }

    @Test
    void listsConnectionsOfOneWorkload() {
        fakes.answer(
                ConnectionServiceGrpc.getListConnectionsMethod(),
                ListConnectionsResponse.newBuilder()
                        .addConnections(Connection.newBuilder()
                                .setSource(Endpoint.newBuilder().setCidr("0.0.0.0/0"))
                                .setDestination(Endpoint.newBuilder().setWorkload(FINDING.getSubject()))
                                .setVerdict(Verdict.VERDICT_ALLOWED)
                                .addPorts(PortRange.newBuilder()
                                        .setProtocol(Protocol.PROTOCOL_TCP)
                                        .setFirst(80)
                                        .setLast(80)))
                        .build());
        as("viewer", "shop")
                .get("/api/v1/connections?cluster=prod&namespace=shop&workload=Deployment/cart&verdict=allowed")
                .then()
                .statusCode(200)
                .body("items[0].source.cidr", equalTo("0.0.0.0/0"))
                .body("items[0].destination.workload.name", equalTo("cart"))
                .body("items[0].verdict", equalTo("allowed"))
                .body("items[0].ports[0].first", equalTo(80));
        ListConnectionsRequest asked =
                (ListConnectionsRequest) fakes.asked(ConnectionServiceGrpc.getListConnectionsMethod())
                        .getFirst()
                        .question();
        assertThat(asked.getWorkload()).isEqualTo(FINDING.getSubject());
    }

    @Test
    void refillsTopicsForAdministrators() {
        fakes.respond(InventoryServiceGrpc.getRebuildTopicsMethod(), question -> {
            return RebuildTopicsResponse.newBuilder()
                    .setPending(3)
                    .setOutboxRecords(9)
                    .build();
        });
        as("admin")
                .post("/api/v1/topics:rebuild")
                .then()
                .statusCode(200)
                .body("pending", equalTo(3))
                .body("outboxRecords", equalTo(9));
    }

    @Test
    void whatCannotBeReadIsAProblemThatNamesItsPlace() {
        record Bad(String path, int status, String place) {}
        for (Bad bad : List.of(
                new Bad("/api/v1/scopes?pageSize=501", 400, "pageSize"),
                new Bad("/api/v1/scopes?pageSize=1000000000000", 400, "pageSize"),
                new Bad("/api/v1/scopes?pageSize=-1", 400, "pageSize"),
                new Bad("/api/v1/scopes?kind=galaxy", 400, "kind"),
                new Bad("/api/v1/scopes?parent=galaxy/x", 400, "parent"),
                new Bad("/api/v1/scopes/galaxy/x/stage", 404, "scope"),
                new Bad("/api/v1/scopes/workload/prod/shop/Deployment/cart/stage", 404, "scope"),
                new Bad("/api/v1/scopes/organisation/gates?stage=6", 400, "stage"),
                new Bad("/api/v1/scopes/organisation/gates?status=fine", 400, "status"),
                new Bad("/api/v1/scopes/organisation/history?since=yesterday", 400, "since"),
                new Bad("/api/v1/findings?severity=terrible", 400, "severity"),
                new Bad("/api/v1/findings?includeWaived=perhaps", 400, "includeWaived"),
                new Bad("/api/v1/findings?control=" + "x".repeat(1_025), 400, "control"),
                new Bad("/api/v1/findings?control=a%00b", 400, "control"),
                new Bad("/api/v1/findings?firstSeenSince=yesterday", 400, "firstSeenSince"),
                new Bad("/api/v1/findings/history?firstSeenUntil=%2B10000-01-01T00:00:00Z", 400, "firstSeenUntil"),
                new Bad("/api/v1/findings/history?status=perhaps", 400, "status"),
                new Bad("/api/v1/findings/history?scope=galaxy/x", 400, "scope"),
                new Bad("/api/v1/findings/history?pageSize=501", 400, "pageSize"),
                new Bad("/api/v1/connections", 400, "cluster"),
                new Bad("/api/v1/connections?cluster=c&workload=cart", 400, "workload"))) {
            as("admin")
                    .get(bad.path())
                    .then()
                    .statusCode(bad.status())
                    .contentType("application/problem+json")
                    .body("place", equalTo(bad.place()))
                    .body("traceId.length()", equalTo(32));
        }
        as("admin").get("/api/v1/scopes?pageSize=501").then().body("limit", equalTo("500"));
        as("admin").get("/api/v1/nothing-here").then().statusCode(404).contentType("application/problem+json");
        as("admin").delete("/api/v1/clusters/prod").then().statusCode(405).contentType("application/problem+json");
        as("admin")
                .accept("text/html")
                .get("/api/v1/clusters")
                .then()
                .statusCode(406)
                .contentType("application/problem+json");
    }

    @Test
    void aServicesOwnWordIsPassedOn() {
        fakes.respond(StageServiceGrpc.getGetStageMethod(), question -> {
            throw ProblemStatus.toGrpc(
                    new ProblemException(Problem.NOT_FOUND, "there is no such scope").at("namespace/prod/bank"));
        });
        as("viewer", "shop")
                .get("/api/v1/scopes/namespace/prod/bank/stage")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:plimsoll:problem:not-found"))
                .body("detail", equalTo("there is no such scope"))
                .body("place", equalTo("namespace/prod/bank"));
        fakes.respond(StageServiceGrpc.getGetStageMethod(), question -> {
            throw Status.INTERNAL.withDescription("secret table scopes_v2").asRuntimeException();
        });
        as("viewer", "shop")
                .get("/api/v1/scopes/organisation/stage")
                .then()
                .statusCode(500)
                .body("detail", containsString("stage-scoring failed"));
    }
}
