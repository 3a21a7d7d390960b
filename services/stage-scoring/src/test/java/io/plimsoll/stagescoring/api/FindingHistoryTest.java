package io.plimsoll.stagescoring.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.plimsoll.api.findings.v1.FindingLife;
import io.plimsoll.api.findings.v1.FindingResolution;
import io.plimsoll.api.findings.v1.FindingStatus;
import io.plimsoll.api.findings.v1.ListFindingHistoryRequest;
import io.plimsoll.api.findings.v1.ListFindingHistoryResponse;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Role;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.stagescoring.estate.RealRig;
import io.plimsoll.stagescoring.estate.Writers;
import io.plimsoll.store.Database;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Findings over time, in the real database: seen first, seen last, resolved, come back, forgotten. */
class FindingHistoryTest {

    private static final Caller ADMIN = new Caller("admin", Set.of(Role.ADMIN), Set.of());
    private static final Instant BEGIN = Estate.AS_OF;
    private static final String BASELINE = "pod-security-baseline";

    private final javax.sql.DataSource source = RealDatabase.empty();
    private final RealRig rig = new RealRig(source);
    private Caller caller = ADMIN;
    private final FindingsApi api = new FindingsApi(new Reader(new Database(source), () -> caller));

    FindingHistoryTest() {
        rig.writers.declare(Declarations.NONE);
    }

    private static ClusterState shop(String hostNetwork) {
        return Estate.cluster("shop", """
                apiVersion: v1
                kind: Namespace
                metadata: {name: front, labels: {team: red}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: front}
                spec: {template: {spec: {hostNetwork: %s, containers: [{name: main, image: "example/web:1"}]}}}
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: back, labels: {team: blue}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api, namespace: back}
                spec: {template: {spec: {containers: [{name: main, image: "example/api:1"}]}}}
                """.formatted(hostNetwork));
    }

    private static Timestamp time(Instant instant) {
        return Moments.timestamp(instant);
    }

    private void score(ClusterState state, long number, Duration after) {
        rig.now = BEGIN.plus(after);
        rig.writers.all(state, number);
        rig.walk();
    }

    private ListFindingHistoryResponse page(ListFindingHistoryRequest request) {
        return api.listFindingHistory(request).await().indefinitely();
    }

    private List<FindingLife> all(ListFindingHistoryRequest request) {
        List<FindingLife> all = new ArrayList<>();
        String token = "";
        do {
            ListFindingHistoryResponse page =
                    page(request.toBuilder().setPageToken(token).build());
            all.addAll(page.getFindingsList());
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        return all;
    }

    private List<FindingLife> all() {
        return all(ListFindingHistoryRequest.getDefaultInstance());
    }

    private FindingLife baseline() {
        List<FindingLife> found =
                all(ListFindingHistoryRequest.newBuilder().setControl(BASELINE).build());
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    @Test
    void aFindingIsSeenResolvedAndComesBack() {
        // Given
        score(shop("true"), 1, Duration.ZERO);
        score(shop("true"), 2, Duration.ofHours(1));
        // Then
        FindingLife open = baseline();
        assertThat(open.getStatus()).isEqualTo(FindingStatus.FINDING_STATUS_OPEN);
        assertThat(open.getFirstSeen()).isEqualTo(time(BEGIN));
        assertThat(open.getLastSeen()).isEqualTo(time(BEGIN.plus(Duration.ofHours(1))));
        assertThat(open.hasResolvedAt()).isFalse();
        assertThat(open.getFinding().getSubject().getName()).isEqualTo("web");
        // When
        score(shop("false"), 3, Duration.ofHours(2));
        // Then
        FindingLife resolved = baseline();
        assertThat(resolved.getStatus()).isEqualTo(FindingStatus.FINDING_STATUS_RESOLVED);
        assertThat(resolved.getResolution()).isEqualTo(FindingResolution.FINDING_RESOLUTION_FIXED);
        assertThat(resolved.getLastSeen()).isEqualTo(time(BEGIN.plus(Duration.ofHours(1))));
        assertThat(resolved.getResolvedAt()).isEqualTo(time(BEGIN.plus(Duration.ofHours(2))));
        // When
        score(shop("true"), 4, Duration.ofHours(3));
        // Then
        FindingLife reopened = baseline();
        assertThat(reopened.getStatus()).isEqualTo(FindingStatus.FINDING_STATUS_OPEN);
        assertThat(reopened.getFirstSeen()).isEqualTo(time(BEGIN));
        assertThat(reopened.getReopenedAt()).isEqualTo(time(BEGIN.plus(Duration.ofHours(3))));
        assertThat(reopened.getReopenings()).isEqualTo(1);
        assertThat(reopened.hasResolvedAt()).isFalse();
        assertThat(reopened.getResolution()).isEqualTo(FindingResolution.FINDING_RESOLUTION_UNSPECIFIED);
    }

    @Test
    void aClusterThatIsGoneResolvesAllOfIt() {
        // Given
        score(shop("true"), 1, Duration.ZERO);
        int before = all().size();
        // When
        rig.now = BEGIN.plus(Duration.ofHours(1));
        rig.writers.gone("shop", 2);
        rig.walk();
        // Then
        assertThat(all()).hasSize(before).allSatisfy(life -> {
            assertThat(life.getResolution()).isEqualTo(FindingResolution.FINDING_RESOLUTION_GONE);
            assertThat(life.getLastSeen()).isEqualTo(time(BEGIN));
            assertThat(life.getResolvedAt()).isEqualTo(time(rig.now));
        });
    }

    /** Nobody can say that it is mended: it stays open, and when it was seen last stands still. */
    @Test
    void whatIsUnknownNowIsNotResolved() {
        // Given
        ClusterState state = shop("true");
        score(state, 1, Duration.ZERO);
        List<Evidence> evidence = new ArrayList<>();
        Estate.ANALYSIS.auditEvidence(Estate.ANALYSIS.inventory(state, Declarations.NONE.of("shop"))).stream()
                .map(each -> each.control().equals(BASELINE) && each.state() == EvidenceState.FAIL
                        ? Evidence.unknown(each.control(), each.subject(), Reason.BUDGET, "too long", each.source())
                        : each)
                .forEach(evidence::add);
        // When
        for (long generation : new long[] {2, 3}) {
            rig.now = BEGIN.plus(Duration.ofHours(generation));
            rig.writers.evidence(Writers.AUDIT, "shop", new Version(1, 1, generation), evidence);
            rig.walk();
        }
        // Then
        FindingLife unseen = baseline();
        assertThat(unseen.getStatus()).isEqualTo(FindingStatus.FINDING_STATUS_OPEN);
        assertThat(unseen.getLastSeen()).isEqualTo(time(BEGIN));
        // When
        score(shop("true"), 2, Duration.ofHours(4));
        // Then
        assertThat(baseline().getLastSeen()).isEqualTo(time(BEGIN.plus(Duration.ofHours(4))));
        assertThat(baseline().getReopenings()).isZero();
    }

    @Test
    void readingEverythingAgainChangesNothing() {
        // Given
        score(shop("true"), 1, Duration.ZERO);
        score(shop("false"), 2, Duration.ofHours(1));
        List<FindingLife> before = all();
        // When
        for (int crash = 0; crash < 3; crash++) {
            rig.now = rig.now.plus(Duration.ofMinutes(10));
            rig.again();
            rig.walk();
        }
        // Then
        assertThat(all()).isEqualTo(before).isNotEmpty();
    }

    /** Over the waivers and waived findings of a whole estate: what is open is what a report lists. */
    @Test
    void whatIsOpenIsWhatAReportLists() {
        Estate estate = Estate.staged(4);
        rig.write(estate);
        rig.walk();
        var expected = estate.assess(rig.now).findings();
        assertThat(all(ListFindingHistoryRequest.newBuilder()
                        .setIncludeWaived(true)
                        .setStatus(FindingStatus.FINDING_STATUS_OPEN)
                        .build()))
                .extracting(life -> life.getFinding().getControl() + " "
                        + KernelCodec.fromWire(life.getFinding().getSubject()))
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(each -> each.control().id() + " " + each.evidence().subject())
                        .distinct()
                        .toList());
    }

    @Test
    void historyIsAskedByScopeControlSeverityStatusAndTime() {
        // Given
        score(shop("false"), 1, Duration.ZERO);
        score(shop("true"), 2, Duration.ofHours(1));
        List<FindingLife> all = all();
        // Then
        assertThat(all.getFirst().getFirstSeen()).as("newest first").isEqualTo(time(BEGIN.plus(Duration.ofHours(1))));
        for (int size : new int[] {1, 3, 500}) {
            assertThat(all(ListFindingHistoryRequest.newBuilder()
                            .setPageSize(size)
                            .build()))
                    .isEqualTo(all);
        }
        assertThat(all(ListFindingHistoryRequest.newBuilder()
                        .setFirstSeenSince(time(BEGIN.plusSeconds(1)))
                        .build()))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(life -> !life.getFirstSeen().equals(time(BEGIN)))
                        .toList());
        assertThat(all(ListFindingHistoryRequest.newBuilder()
                        .setFirstSeenUntil(time(BEGIN.plusSeconds(1)))
                        .build()))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(life -> life.getFirstSeen().equals(time(BEGIN)))
                        .toList());
        assertThat(all(ListFindingHistoryRequest.newBuilder().setScope(back()).build()))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(life ->
                                life.getFinding().getSubject().getNamespace().equals("back"))
                        .toList());
        assertThat(all(ListFindingHistoryRequest.newBuilder()
                        .setSeverityAtLeast(KernelCodec.toWire(Severity.HIGH))
                        .build()))
                .isNotEmpty()
                .isEqualTo(all.stream()
                        .filter(life -> life.getFinding().getSeverityValue()
                                <= KernelCodec.toWire(Severity.HIGH).getNumber())
                        .toList());
        assertThat(all(ListFindingHistoryRequest.newBuilder()
                        .setStatus(FindingStatus.FINDING_STATUS_RESOLVED)
                        .build()))
                .isEmpty();
        assertThat(api.listFindings(ListFindingsRequest.newBuilder()
                                .setFirstSeenSince(time(BEGIN.plusSeconds(1)))
                                .build())
                        .await()
                        .indefinitely()
                        .getFindingsList())
                .as("what a report lists can be asked by time too")
                .containsExactlyInAnyOrderElementsOf(all.stream()
                        .filter(life -> !life.getFirstSeen().equals(time(BEGIN)))
                        .map(FindingLife::getFinding)
                        .toList());
    }

    private static ScopeRef back() {
        return KernelCodec.toWire(ScopeKey.parse("namespace/shop/back"));
    }

    /** Pages go on by keys that never change: what happens between them neither ends them nor shows anything twice. */
    @Test
    void pagesGoOnWhileFindingsChange() {
        // Given
        score(shop("true"), 1, Duration.ZERO);
        List<FindingLife> all = all();
        ListFindingHistoryResponse first =
                page(ListFindingHistoryRequest.newBuilder().setPageSize(2).build());
        // When
        score(shop("false"), 2, Duration.ofHours(1));
        // Then
        List<FindingLife> seen = new ArrayList<>(first.getFindingsList());
        String token = first.getNextPageToken();
        while (!token.isEmpty()) {
            ListFindingHistoryResponse next = page(ListFindingHistoryRequest.newBuilder()
                    .setPageSize(2)
                    .setPageToken(token)
                    .build());
            seen.addAll(next.getFindingsList());
            token = next.getNextPageToken();
        }
        assertThat(seen)
                .extracting(
                        life -> life.getFinding().getControl(),
                        life -> life.getFinding().getSubject())
                .containsExactlyElementsOf(all.stream()
                        .map(life -> org.assertj.core.groups.Tuple.tuple(
                                life.getFinding().getControl(),
                                life.getFinding().getSubject()))
                        .toList());
    }

    @Test
    void aTeamSeesItsOwnAlone() {
        // Given
        score(shop("true"), 1, Duration.ZERO);
        score(shop("false"), 2, Duration.ofHours(1));
        // When
        caller = new Caller("viewer", Set.of(Role.VIEWER), Set.of("blue"));
        // Then
        assertThat(all())
                .isNotEmpty()
                .allSatisfy(life -> assertThat(life.getFinding().getTeam()).isIn("blue", ""));
        assertThatThrownBy(() -> all(ListFindingHistoryRequest.newBuilder()
                        .setScope(KernelCodec.toWire(ScopeKey.parse("namespace/shop/front")))
                        .build()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no scope");
    }

    /** The rig keeps what is resolved for 30 days, and 1,000 of it. */
    @Test
    void whatIsResolvedIsForgottenAfterAWhile() {
        // Given
        score(shop("true"), 1, Duration.ZERO);
        score(shop("false"), 2, Duration.ofDays(1));
        assertThat(baseline().getStatus()).isEqualTo(FindingStatus.FINDING_STATUS_RESOLVED);
        int before = all().size();
        // When
        rig.now = BEGIN.plus(Duration.ofDays(31));
        rig.walk();
        // Then
        assertThat(all()).as("30 days are not over").hasSize(before);
        // When
        rig.now = BEGIN.plus(Duration.ofDays(31)).plus(Duration.ofHours(2));
        rig.walk();
        // Then
        assertThat(all())
                .isNotEmpty()
                .noneMatch(life -> life.getFinding().getControl().equals(BASELINE))
                .allMatch(life -> life.getStatus() == FindingStatus.FINDING_STATUS_OPEN);
        // When
        score(shop("true"), 3, Duration.ofDays(40));
        // Then
        assertThat(baseline().getFirstSeen()).isEqualTo(time(BEGIN.plus(Duration.ofDays(40))));
        assertThat(baseline().getReopenings()).isZero();
    }

    @Test
    void theOldestBeyondTheMostAreForgotten() {
        // Given
        score(shop("true"), 1, Duration.ZERO);
        score(shop("false"), 2, Duration.ofHours(1));
        rig.writers.gone("shop", 3);
        rig.now = BEGIN.plus(Duration.ofHours(2));
        rig.walk();
        int resolved = all().size();
        // When
        rig.stages.forget(1, BEGIN, resolved - 1);
        // Then
        assertThat(all())
                .hasSize(resolved - 1)
                .noneMatch(life -> life.getFinding().getControl().equals(BASELINE));
    }

    @Test
    void momentsOutsideOfTheContractAreRefused() {
        for (long seconds : new long[] {Long.MAX_VALUE, Long.MIN_VALUE, 253_402_300_800L}) {
            assertThatThrownBy(() -> all(ListFindingHistoryRequest.newBuilder()
                            .setFirstSeenSince(Timestamp.newBuilder().setSeconds(seconds))
                            .build()))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("years 1 to 9999");
        }
        assertThatThrownBy(() -> all(
                        ListFindingHistoryRequest.newBuilder().setStatusValue(7).build()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no status of a finding");
    }
}
