package io.plimsoll.assessment;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.maturity.gate.GateResult;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Gates that nothing in the input can answer: a part left out must not pass for a part that is well. */
final class Unseen {

    private static final Set<Reason> NOTHING_TO_SEE = EnumSet.of(Reason.NO_OBJECT_OF_KIND, Reason.EMPTY_POPULATION);

    private Unseen() {}

    /** One line for each gate of the organisation whose evidence is not among the files given; one for all where no application is. */
    static List<Coverage> of(List<ScopeAssessment> scopes) {
        List<Coverage> coverage = new ArrayList<>();
        List<GateResult> gates = scopes.getFirst().gates();
        if (gates.stream().anyMatch(gate -> gate.reason() == Reason.NO_APPLICATION_WORKLOAD)) {
            return List.of(new Coverage(
                    "not-seen",
                    "no gate can be answered (" + Reason.NO_APPLICATION_WORKLOAD.slug() + "): "
                            + Reason.NO_APPLICATION_WORKLOAD.settledBy(),
                    Source.NONE));
        }
        for (GateResult gate : gates) {
            Reason reason = gate.reason();
            if (gate.state() == EvidenceState.UNKNOWN && reason != null && NOTHING_TO_SEE.contains(reason)) {
                coverage.add(new Coverage(
                        "not-seen",
                        gate.gate().id() + " cannot be answered (" + reason.slug() + "): " + reason.settledBy(),
                        Source.NONE));
            }
        }
        return coverage;
    }
}
