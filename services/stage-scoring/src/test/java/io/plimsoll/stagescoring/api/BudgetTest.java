package io.plimsoll.stagescoring.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.api.scoring.v1.GateEvidence;
import io.plimsoll.api.scoring.v1.ListGateEvidenceRequest;
import io.plimsoll.assessment.scope.ScopeKey;
import io.plimsoll.identity.Caller;
import io.plimsoll.identity.Role;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.stagescoring.estate.Estate;
import io.plimsoll.stagescoring.estate.RealDatabase;
import io.plimsoll.stagescoring.estate.RealRig;
import io.plimsoll.stagescoring.estate.Writers;
import io.plimsoll.store.Database;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A rule whose expression would run for ever is told as what it is, down to whoever asks for the evidence of a gate. */
class BudgetTest {

    private static final String CONTROL = "baseline-enforced";

    @Test
    void anAnswerOverItsBudgetIsListedWithThatReason() {
        // Given
        var source = RealDatabase.empty();
        RealRig rig = new RealRig(source);
        Reader reader = new Reader(new Database(source), () -> new Caller("admin", Set.of(Role.ADMIN), Set.of()));
        Estate estate = Estate.staged(4);
        rig.write(estate);
        // When
        for (ClusterState state : estate.states()) {
            List<Evidence> evidence = new ArrayList<>();
            var declared = estate.declarations().of(state.name());
            for (Evidence each : Estate.ANALYSIS.auditEvidence(Estate.ANALYSIS.inventory(state, declared))) {
                evidence.add(
                        each.control().equals(CONTROL)
                                ? Evidence.unknown(
                                        CONTROL, each.subject(), Reason.BUDGET, "came to its bound", each.source())
                                : each);
            }
            rig.writers.evidence(Writers.AUDIT, state.name(), new Version(1, 1, 2), evidence);
        }
        rig.walk();
        // Then
        Gate gate = Estate.MODEL.gates().stream()
                .filter(each -> each.toString().contains(CONTROL))
                .findFirst()
                .orElseThrow();
        List<GateEvidence> rows = new GateEvidenceRows(reader)
                .list(
                        reader.sight(),
                        ListGateEvidenceRequest.newBuilder()
                                .setScope(KernelCodec.toWire(ScopeKey.parse("organisation")))
                                .setGate(gate.id())
                                .setPageSize(500)
                                .build())
                .getEvidenceList();
        assertThat(rows)
                .filteredOn(row -> row.getControl().equals(CONTROL)
                        && KernelCodec.fromWire(row.getState()) == EvidenceState.UNKNOWN)
                .isNotEmpty()
                .allSatisfy(
                        row -> assertThat(KernelCodec.fromWire(row.getReason())).isEqualTo(Reason.BUDGET));
    }
}
