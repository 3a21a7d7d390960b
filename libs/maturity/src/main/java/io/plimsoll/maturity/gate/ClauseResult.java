package io.plimsoll.maturity.gate;

import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.model.Clause;
import io.plimsoll.maturity.tally.Counts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One demand, judged.
 *
 * @param reason why it does not simply hold; null for PASS
 * @param unknowns how many subjects are unknown for which reason, in the order of the reasons
 */
public record ClauseResult(
        Clause clause, EvidenceState state, @Nullable Reason reason, Counts counts, Map<Reason, Integer> unknowns) {

    /** Share of the asked that hold, waived ones included; 0 of none. */
    public double ratio() {
        return counts.asked() == 0 ? 0 : (double) (counts.pass() + counts.waived()) / counts.asked();
    }
}
