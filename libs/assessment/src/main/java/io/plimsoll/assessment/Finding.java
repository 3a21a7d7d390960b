package io.plimsoll.assessment;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.EvidenceState;
import java.util.Comparator;

/** Evidence that is FAIL, or was and is waived, with what to do about it. The waived last, else worst first, then by subject. */
public record Finding(Control control, Evidence evidence) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.<Finding, Boolean>comparing(
                    f -> f.evidence().state() == EvidenceState.WAIVED)
            .thenComparing(f -> f.control().severity())
            .thenComparing(Finding::evidence);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
