package io.plimsoll.assessment;

import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Source;
import io.plimsoll.maturity.gate.GateResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an earlier assessment knew and this one does not: a gate that had failed and is unknown now has not been mended, its evidence
 * has gone (stage-gates 2).
 */
public final class CoverageLost {

    private CoverageLost() {}

    /**
     * @param earlier the states of the earlier report by scope, then by gate
     * @return one gap of kind {@code coverage-lost} for each gate that failed then and is unknown now, or whose scope is no longer there
     */
    public static List<Coverage> since(Map<String, Map<String, String>> earlier, List<ScopeAssessment> now) {
        List<Coverage> lost = new ArrayList<>();
        earlier.forEach((scope, gates) -> {
            ScopeAssessment here = now.stream()
                    .filter(each -> each.id().equals(scope))
                    .findFirst()
                    .orElse(null);
            gates.forEach((gate, state) -> {
                if (state.equals(EvidenceState.FAIL.name())) {
                    String after = here == null ? "its scope is gone" : after(here, gate);
                    if (!after.isEmpty()) {
                        lost.add(new Coverage(
                                "coverage-lost", scope + " " + gate + " had failed; now " + after, Source.NONE));
                    }
                }
            });
        });
        return lost;
    }

    /** Empty where the gate still has an answer. */
    private static String after(ScopeAssessment scope, String id) {
        for (GateResult gate : scope.gates()) {
            if (gate.gate().id().equals(id)) {
                return gate.state() == EvidenceState.UNKNOWN
                        ? "it is unknown"
                                + (gate.reason() == null
                                        ? ""
                                        : " (" + gate.reason().slug() + ")")
                        : "";
            }
        }
        return "it is not asked";
    }
}
