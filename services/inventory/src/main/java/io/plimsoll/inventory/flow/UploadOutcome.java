package io.plimsoll.inventory.flow;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.wire.Version;
import java.util.List;

/**
 * What became of an upload.
 *
 * @param revision at which it is in force; unchanged when nothing changed
 * @param added objects new to the cluster
 * @param changed objects with another content
 * @param removed objects no source contains any more
 * @param unchanged objects as before
 * @param coverage what could not be read, or was read otherwise than its author may think
 */
public record UploadOutcome(
        Version revision, long added, long changed, long removed, long unchanged, List<Coverage> coverage) {

    /** Most gaps told; the last one then counts the rest. */
    public static final int COVERAGE_MAX = 1_000;

    public UploadOutcome {
        coverage = bounded(coverage);
    }

    /** At most {@link #COVERAGE_MAX}, the last counting what was left out. */
    public static List<Coverage> bounded(List<Coverage> all) {
        if (all.size() <= COVERAGE_MAX) {
            return List.copyOf(all);
        }
        List<Coverage> some = new java.util.ArrayList<>(all.subList(0, COVERAGE_MAX - 1));
        int rest = all.size() - some.size();
        some.add(new Coverage("notice", rest + " more of these are not listed", io.plimsoll.kernel.Source.NONE));
        return List.copyOf(some);
    }
}
