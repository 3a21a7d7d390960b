package io.plimsoll.maturity.gate;

import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.model.Gate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One gate at one scope.
 *
 * @param inheritedFrom the wider scope that answered; empty when judged here
 * @param clauses of the alternative that decided, in the model's order
 */
public record GateResult(
        Gate gate, EvidenceState state, @Nullable Reason reason, String inheritedFrom, List<ClauseResult> clauses) {

    /** True where the gate holds a stage: PASS, WAIVED or NOT_APPLICABLE. */
    public boolean held() {
        return state != EvidenceState.FAIL && state != EvidenceState.UNKNOWN;
    }

    public GateResult from(String scope) {
        return new GateResult(gate, state, reason, scope, clauses);
    }
}
