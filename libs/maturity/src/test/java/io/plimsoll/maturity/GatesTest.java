package io.plimsoll.maturity;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.gate.Gates;
import io.plimsoll.maturity.gate.Standing;
import io.plimsoll.maturity.model.Gate;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.maturity.tally.Tallies;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatesTest {

    private final StageModel model = StageModel.builtin();
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Evidence> evidence = new ArrayList<>();

    private void workload(String name, EvidenceState state) {
        SubjectId id = new SubjectId(SubjectKind.WORKLOAD, "c", "shop", "Deployment", name, "");
        subjects.add(new Subject(
                id, "", "shop", Tier.APPLICATION, Exposure.NONE, Lifecycle.UNSTATED, Set.of(), Source.NONE));
        evidence.add(
                new Evidence("workload-controlled", id, state, Reason.SEEN_AND_WRONG, "", "", "said", Source.NONE));
    }

    private GateResult judge(String id) {
        Gate gate = model.gates().stream()
                .filter(g -> g.id().equals(id))
                .findFirst()
                .orElseThrow();
        return new Gates(model).judge(gate, new Tallies(model, evidence).of(subjects), 1);
    }

    @Test
    void aSilentAnalyserNeverMovesADenominator() {
        workload("a", EvidenceState.PASS);
        assertThat(judge("S2.scan").state()).isEqualTo(EvidenceState.UNKNOWN);
        assertThat(judge("S3.base-app").clauses().getFirst().unknowns()).containsEntry(Reason.NOT_ANSWERED, 1);
    }

    @Test
    void oneFailureOfAllIsAFail() {
        workload("a", EvidenceState.PASS);
        workload("b", EvidenceState.FAIL);
        assertThat(judge("S2.controlled").state()).isEqualTo(EvidenceState.FAIL);
        assertThat(judge("S2.controlled").clauses().getFirst().ratio()).isEqualTo(0.5);
    }

    @Test
    void aWaivedSubjectStaysInTheDenominator() {
        workload("a", EvidenceState.PASS);
        workload("b", EvidenceState.WAIVED);
        assertThat(judge("S2.controlled").state()).isEqualTo(EvidenceState.WAIVED);
        assertThat(judge("S2.controlled").clauses().getFirst().counts().asked()).isEqualTo(2);
    }

    @Test
    void withoutAnApplicationNothingIsKnown() {
        List<GateResult> results =
                model.gates().stream().map(g -> judge(g.id())).toList();
        assertThat(results).allMatch(r -> r.state() == EvidenceState.UNKNOWN);
        assertThat(Standing.of(results).security().high()).isEqualTo(1);
    }

    @Test
    void parityIsNotAskedOfASingleCluster() {
        workload("a", EvidenceState.PASS);
        assertThat(judge("S4.parity").state()).isEqualTo(EvidenceState.NOT_APPLICABLE);
    }

    @Test
    void everyGateCitesASentence() {
        assertThat(model.gates())
                .hasSize(38)
                .allSatisfy(
                        gate -> assertThat(gate.sentences()).allMatch(sentence -> sentence.matches("L\\d+\\.\\d+")));
    }
}
