package io.plimsoll.stagescoring.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plimsoll.api.kernel.v1.EvidenceState;
import io.plimsoll.api.kernel.v1.StageBand;
import io.plimsoll.api.stages.v1.Adoption;
import io.plimsoll.api.stages.v1.Freeboard;
import io.plimsoll.api.stages.v1.GateResult;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.api.stages.v1.Standing;
import io.plimsoll.maturity.model.ScopeKind;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.stagescoring.store.Figures;
import io.plimsoll.store.Database;
import io.plimsoll.telemetry.Dictionary;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** However large the estate, the number of series is bounded: by scopes and gates, never by workloads, images or vulnerabilities. */
class SeriesTest {

    private static StageRecord everythingTold() {
        Standing.Builder standing = Standing.newBuilder()
                .setAdoption(Adoption.newBuilder().setShown(3).setPossible(4))
                .setSecurity(StageBand.newBuilder().setLow(2).setHigh(3))
                .setFreeboard(Freeboard.newBuilder().setLow(-2).setHigh(0));
        StageModel.builtin()
                .gates()
                .forEach(gate -> standing.addGates(GateResult.newBuilder()
                        .setId(gate.id())
                        .setStatus(EvidenceState.EVIDENCE_STATE_PASS)
                        .setRatio(1)));
        return StageRecord.newBuilder().setMeasured(standing).build();
    }

    private static void insert(Database database, Stream<String> ids, ScopeKind kind) {
        byte[] record = everythingTold().toByteArray();
        database.transaction(session -> {
            for (String id : ids.toList()) {
                session.write(
                        "insert into scope (id, kind, sequence, gone, teams, record) values (?, ?, 1, false, ?, ?)",
                        id,
                        kind.ordinal(),
                        List.of(),
                        record);
            }
            return true;
        });
    }

    private static List<String> series(Figures.All figures) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new ScopeMeters(registry).show(figures.scopes());
        // A gauge is one series.
        return registry.getMeters().stream()
                .map(meter -> meter.getId().toString())
                .toList();
    }

    @Test
    void ofAHundredClustersStaysBelowTheBound() {
        // Given
        Database database = new Database(RealDatabase.empty());
        insert(database, Stream.of("organisation"), ScopeKind.ORGANISATION);
        insert(database, IntStream.range(0, 150).mapToObj(each -> "team/t" + each), ScopeKind.TEAM);
        insert(database, IntStream.range(0, 100).mapToObj(each -> "cluster/c" + each), ScopeKind.CLUSTER);
        insert(database, IntStream.range(0, 3_000).mapToObj(each -> "namespace/c/n" + each), ScopeKind.NAMESPACE);
        // When
        List<String> series = series(new Figures(database).read());
        // Then
        int gates = StageModel.builtin().gates().size();
        assertThat(series).hasSize(251 * (4 + 2 + 1 + gates)).hasSizeLessThan(Dictionary.SERIES_MAX);
        assertThat(series).noneMatch(line -> line.contains("namespace/"));
    }

    @Test
    void beyondTheBoundOfScopesTheRestIsCountedAndLeftOut() {
        // Given
        Database database = new Database(RealDatabase.empty());
        insert(database, Stream.of("organisation"), ScopeKind.ORGANISATION);
        insert(database, IntStream.range(0, 700).mapToObj(each -> "cluster/c" + each), ScopeKind.CLUSTER);
        // When
        Figures.All figures = new Figures(database).read();
        // Then
        assertThat(figures.scopes()).hasSize(Dictionary.SCOPES_MAX);
        assertThat(figures.scopes().getFirst().id()).isEqualTo("organisation");
        assertThat(figures.leftOut()).isEqualTo(301);
        assertThat(series(figures)).hasSizeLessThan(Dictionary.SERIES_MAX);
    }

    @Test
    void howOldTheOldestUnsentStageIsComesFromTheRows() {
        // Given
        Database database = new Database(RealDatabase.empty());
        assertThat(new Figures(database).read()).isEqualTo(Figures.All.NONE);
        database.transaction(
                session -> session.write(
                        "insert into outbox (scope, sequence, record, waiting_since) values ('organisation', 1, null, now() - interval '90 seconds')"));
        // When
        Figures.All figures = new Figures(database).read();
        // Then
        assertThat(figures.outbox()).isEqualTo(1);
        assertThat(figures.outboxSeconds()).isBetween(90.0, 120.0);
    }

    @Test
    void confidenceCountsDeclarationsHalf() {
        Standing standing = Standing.newBuilder()
                .addGates(gate(EvidenceState.EVIDENCE_STATE_PASS))
                .addGates(gate(EvidenceState.EVIDENCE_STATE_FAIL))
                .addGates(gate(EvidenceState.EVIDENCE_STATE_WAIVED))
                .addGates(gate(EvidenceState.EVIDENCE_STATE_UNKNOWN))
                .build();
        assertThat(ScopeMeters.confidence(standing)).isEqualTo(2.5 / 4);
        assertThat(ScopeMeters.confidence(Standing.getDefaultInstance())).isZero();
    }

    private static GateResult gate(EvidenceState state) {
        return GateResult.newBuilder().setStatus(state).build();
    }
}
