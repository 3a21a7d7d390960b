package io.plimsoll.segmentation.reach;

import org.jspecify.annotations.Nullable;

/**
 * What the cluster-wide policies of one tier say in one state of a cluster, by what selects each class: where a policy gets other rules, classes keep
 * their numbers and the rows behind these are others. Immutable, any thread.
 */
final class SelectedRows {

    /** Where the tier has no policies. */
    static final SelectedRows NONE = new SelectedRows(null, new LastingRow[0]);

    private final @Nullable PeerNumbers ofClass;
    private final LastingRow[] rows;

    /**
     * @param ofClass for each class the number of what selects it; null where nothing does
     * @param rows by that number, as far as a class has it; not to be changed any more
     */
    SelectedRows(@Nullable PeerNumbers ofClass, LastingRow[] rows) {
        this.ofClass = ofClass;
        this.rows = rows;
    }

    LastingRow row(int subject) {
        return ofClass == null ? LastingRow.UNTOUCHED : rows[ofClass.of(subject)];
    }
}
