package io.plimsoll.assessment;

import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import java.util.Comparator;

/** Evidence that is FAIL, with what to do about it. Worst first, then by subject. */
public record Finding(Control control, Evidence evidence) implements Comparable<Finding> {

    private static final Comparator<Finding> ORDER = Comparator.<Finding, io.plimsoll.kernel.Severity>comparing(
                    f -> f.control().severity())
            .thenComparing(Finding::evidence);

    @Override
    public int compareTo(Finding other) {
        return ORDER.compare(this, other);
    }
}
