package io.plimsoll.maturity.gate;

import io.plimsoll.kernel.Band;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import java.util.List;

/** The security stage: the highest whose every gate is held (proven), or not failed (possible). Weakest link, no average. */
public record Standing(Band security, List<GateResult> gates) {

    public Standing {
        gates = List.copyOf(gates);
    }

    public static Standing of(List<GateResult> gates) {
        boolean nothing = gates.stream().anyMatch(g -> g.reason() == Reason.NO_APPLICATION_WORKLOAD);
        int proven = highest(gates, true);
        int possible = nothing ? 1 : highest(gates, false);
        return new Standing(new Band(Math.min(proven, possible), possible), gates);
    }

    private static int highest(List<GateResult> gates, boolean proven) {
        int stage = 1;
        for (int next = 2; next <= 5; next++) {
            int asked = next;
            boolean holds = gates.stream()
                    .filter(g -> g.gate().stage() == asked && !g.gate().advice())
                    .allMatch(g -> proven ? g.held() : g.state() != EvidenceState.FAIL);
            if (!holds) {
                return stage;
            }
            stage = next;
        }
        return stage;
    }
}
