package io.plimsoll.stagescoring.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.findings.v1.ListFindingsResponse;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.scoring.v1.GateEvidence;
import io.plimsoll.api.scoring.v1.GetStageRequest;
import io.plimsoll.api.scoring.v1.ListCoverageRequest;
import io.plimsoll.api.scoring.v1.ListCoverageResponse;
import io.plimsoll.api.scoring.v1.ListGateEvidenceRequest;
import io.plimsoll.api.scoring.v1.ListGateEvidenceResponse;
import io.plimsoll.api.scoring.v1.ListGatesRequest;
import io.plimsoll.api.scoring.v1.ListScopesRequest;
import io.plimsoll.api.scoring.v1.ListScopesResponse;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Role;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Severity;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.maturity.tally.Counts;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.answer.Answers;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.stagescoring.estate.RealRig;
import io.plimsoll.stagescoring.store.Figures;
import io.plimsoll.store.Database;
import io.plimsoll.wire.FindingsCodec;
import io.plimsoll.wire.KernelCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Pages of the real database give what one process says, in its order, and nothing that is not the caller's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

    private static final Caller ADMIN = new Caller("admin", Set.of(Role.ADMIN), Set.of());

    private final Estate estate = Estate.staged(4);
    private final AssessmentResult expected = estate.assess(Estate.AS_OF);
    private Caller caller = ADMIN;
    private RealRig rig;
    private FindingsApi findings;
    private GateEvidenceRows evidence;
    private StagesApi stages;
    private ScopesApi scopes;
    private Reader reader;

    PagesTest() {
        var source = RealDatabase.empty();
        rig = new RealRig(source);
        reader = new Reader(new Database(source), () -> caller);
        findings = new FindingsApi(reader);
        evidence = new GateEvidenceRows(reader);
        stages = new StagesApi(reader, evidence, new Listeners(reader, 10));
        scopes = new ScopesApi(reader);
    }

    @BeforeAll
    void score() {
        rig.write(estate);
        rig.walk();
    }

    private static ScopeRef ref(ScopeAssessment scope) {
        return KernelCodec.toWire(new ScopeKey(scope.kind(), scope.id()));
    }

    private List<Finding> all(ListFindingsRequest request) {
        FindingsCodec codec = new FindingsCodec();
        List<Finding> all = new ArrayList<>();
        String token = "";
        do {
            ListFindingsResponse page = findings.listFindings(
                            request.toBuilder().setPageToken(token).build())
                    .await()
                    .indefinitely();
            page.getFindingsList().forEach(each -> all.add(codec.fromWire(each)));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    @Test
    void findingsAreThoseOfAReportInItsOrder() {
        for (int size : new int[] {1, 7, 0, 500}) {
            assertThat(all(ListFindingsRequest.newBuilder()
                            .setIncludeWaived(true)
                            .setPageSize(size)
                            .build()))
                    .isEqualTo(expected.findings());
        }
    }

    @Test
    void findingsAreFilteredBySeverityControlAndState() {
        assertThat(all(ListFindingsRequest.newBuilder()
                        .setSeverityAtLeast(KernelCodec.toWire(Severity.HIGH))
                        .build()))
                .isEqualTo(expected.findings().stream()
                        .filter(each -> each.control().severity().compareTo(Severity.HIGH) <= 0)
                        .filter(each -> each.evidence().state() == EvidenceState.FAIL)
                        .toList());
        String control = expected.findings().getLast().control().id();
        assertThat(all(ListFindingsRequest.newBuilder()
                        .setControl(control)
                        .setIncludeWaived(true)
                        .build()))
                .isNotEmpty()
                .isEqualTo(expected.findings().stream()
                        .filter(each -> each.control().id().equals(control))
                        .toList());
    }

    @Test
    void coverageIsThatOfAReport() {
        List<Coverage> all = new ArrayList<>();
        String token = "";
        do {
            ListCoverageResponse page = stages.listCoverage(ListCoverageRequest.newBuilder()
                            .setScope(ref(expected.organisation()))
                            .setPageSize(3)
                            .setPageToken(token)
                            .build())
                    .await()
                    .indefinitely();
            page.getCoverageList().forEach(each -> all.add(KernelCodec.fromWire(each)));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        assertThat(all).isEqualTo(expected.coverage());
    }

    private List<GateEvidence> rows(ScopeAssessment scope, String gate, int size) {
        List<GateEvidence> all = new ArrayList<>();
        String token = "";
        do {
            ListGateEvidenceResponse page = evidence.list(
                    reader.sight(),
                    ListGateEvidenceRequest.newBuilder()
                            .setScope(ref(scope))
                            .setGate(gate)
                            .setPageSize(size)
                            .setPageToken(token)
                            .build());
            all.addAll(page.getEvidenceList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    /** Of every scope, applications too, and of populations that are empty there. */
    @Test
    void evidenceOfAGateIsWhatWasCounted() {
        int compared = 0;
        for (ScopeAssessment scope : expected.scopes()) {
            for (GateResult gate : scope.gates()) {
                // What is attested of a share of a scope says nothing of its subjects.
                if (gate.gate().alternatives().size() > 1
                        || gate.clauses().size() != 1
                        || gate.reason() == io.plimsoll.kernel.Reason.ATTESTED) {
                    continue;
                }
                ClauseResult clause = gate.clauses().getFirst();
                List<GateEvidence> rows = rows(scope, gate.gate().id(), 2);
                Counts counts = Counts.NONE;
                int rank = 0;
                for (GateEvidence row : rows) {
                    EvidenceState state = KernelCodec.fromWire(row.getState());
                    counts = counts.plus(state);
                    assertThat(Answers.rank(state)).isGreaterThanOrEqualTo(rank);
                    rank = Answers.rank(state);
                    assertThat(row.getControl()).isEqualTo(clause.clause().control());
                    if (state == EvidenceState.UNKNOWN) {
                        assertThat(clause.unknowns()).containsKey(KernelCodec.fromWire(row.getReason()));
                    }
                }
                assertThat(counts).as("%s %s", scope.id(), gate.gate().id()).isEqualTo(clause.counts());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    private List<String> scopes(int size) {
        List<String> all = new ArrayList<>();
        String token = "";
        do {
            ListScopesResponse page = scopes.listScopes(ListScopesRequest.newBuilder()
                            .setPageSize(size)
                            .setPageToken(token)
                            .build())
                    .await()
                    .indefinitely();
            page.getScopesList()
                    .forEach(each ->
                            all.add(KernelCodec.fromWire(each.getScope()).id()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    @Test
    void scopesAreThoseOfAReportInItsOrder() {
        List<String> ids = expected.scopes().stream().map(ScopeAssessment::id).toList();
        assertThat(scopes(1)).isEqualTo(ids);
        assertThat(scopes(500)).isEqualTo(ids);
    }

    @Test
    void figuresAreThoseOfOrganisationTeamsAndClusters() {
        var figures = new Figures(new Database(RealDatabase.source())).read();
        assertThat(figures.scopes())
                .extracting(Figures.Scope::id)
                .containsExactlyInAnyOrderElementsOf(expected.scopes().stream()
                        .filter(scope -> scope.kind().compareTo(ScopeKind.CLUSTER) <= 0)
                        .map(ScopeAssessment::id)
                        .toList());
        assertThat(figures.awaited()).isZero();
        assertThat(figures.waitSeconds()).isZero();
        assertThat(figures.outbox()).isPositive();
    }

    @Test
    void aPageOfAnotherQuestionOrTooLargeIsRefused() {
        String token = findings.listFindings(
                        ListFindingsRequest.newBuilder().setPageSize(1).build())
                .await()
                .indefinitely()
                .getNextPageToken();
        assertThat(token).isNotEmpty();
        for (String broken : List.of(token, "x", "AAAA", token + token, token.substring(1))) {
            refused(
                    Problem.PAGE_TOKEN_INVALID,
                    ListFindingsRequest.newBuilder()
                            .setControl("image-pinned")
                            .setPageToken(broken)
                            .build());
        }
        refused(
                Problem.MALFORMED,
                ListFindingsRequest.newBuilder().setPageSize(501).build());
    }

    private void refused(Problem problem, ListFindingsRequest request) {
        assertThatThrownBy(() -> findings.listFindings(request))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(problem));
    }

    @Test
    void aPageOfAnEarlierSnapshotIsRefused() {
        var other = Estate.cluster("zz-later", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: late}
                spec: {template: {spec: {containers: [{name: main, image: "example/web:latest"}]}}}
                """);
        String token = findings.listFindings(
                        ListFindingsRequest.newBuilder().setPageSize(1).build())
                .await()
                .indefinitely()
                .getNextPageToken();
        try {
            rig.writers.all(other, 1);
            rig.walk();
            refused(
                    Problem.SNAPSHOT_MOVED,
                    ListFindingsRequest.newBuilder()
                            .setPageSize(1)
                            .setPageToken(token)
                            .build());
        } finally {
            rig.writers.gone(other.name(), 2);
            rig.walk();
        }
    }

    /** Of each team: its scopes, its findings, its evidence, and nothing that another team owns. */
    @Test
    void aTeamSeesWhatIsItsAlone() {
        Set<String> teams = new TreeSet<>();
        expected.scopes().stream()
                .filter(scope -> scope.kind() == ScopeKind.TEAM)
                .forEach(scope -> teams.add(scope.id().substring("team/".length())));
        assertThat(teams).hasSizeGreaterThan(1);
        try {
            for (String team : teams) {
                caller = new Caller("viewer", Set.of(Role.VIEWER), Set.of(team));
                List<String> seen = scopes(500);
                assertThat(seen).contains("team/" + team).doesNotContain("organisation");
                assertThat(seen).filteredOn(id -> id.startsWith("team/")).containsExactly("team/" + team);
                findings.listFindings(ListFindingsRequest.newBuilder()
                                .setIncludeWaived(true)
                                .setPageSize(500)
                                .build())
                        .await()
                        .indefinitely()
                        .getFindingsList()
                        .forEach(each -> assertThat(each.getTeam()).isIn(team, ""));
                for (ScopeAssessment scope : expected.scopes()) {
                    if (seen.contains(scope.id())) {
                        assertThat(stages.listGates(ListGatesRequest.newBuilder()
                                                .setScope(ref(scope))
                                                .build())
                                        .await()
                                        .indefinitely()
                                        .getGatesList())
                                .isNotEmpty();
                    } else {
                        assertThatThrownBy(() -> stages.getStage(GetStageRequest.newBuilder()
                                        .setScope(ref(scope))
                                        .build()))
                                .isInstanceOfSatisfying(
                                        ProblemException.class,
                                        e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
                        assertThatThrownBy(() -> rows(scope, "S2.own", 100))
                                .isInstanceOfSatisfying(
                                        ProblemException.class,
                                        e -> assertThat(e.problem()).isEqualTo(Problem.NOT_FOUND));
                    }
                }
            }
            for (Caller blind : List.of(
                    new Caller("viewer", Set.of(Role.VIEWER), Set.of()),
                    new Caller("sensor", Set.of(Role.SENSOR), teams),
                    new Caller("nobody", Set.of(), teams))) {
                caller = blind;
                assertThat(scopes(500)).isEmpty();
                assertThat(all(ListFindingsRequest.newBuilder()
                                .setIncludeWaived(true)
                                .build()))
                        .isEmpty();
            }
        } finally {
            caller = ADMIN;
        }
    }
}
