package io.plimsoll.segmentation.reach;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns with those that came to them.
 *
 * @param columns all of them
 * @param before how many there were
 * @param further those behind them
 */
record Widened(Columns columns, int before, List<Further> further) {

    /** One more column. */
    sealed interface Further {}

    /**
     * One for peers that came.
     *
     * @param peer the first of them
     * @param signature of all of them
     */
    record Arrived(int peer, Signatures.Signature signature) implements Further {}

    /**
     * One for some of those of another column.
     *
     * @param parent that column, which rules in force before do not tell from it
     */
    record SplitOff(int parent) implements Further {}

    /** The first of the peers that each column made for peers is made for, in the order of columns. */
    IntStream arrived() {
        return further.stream()
                .filter(Arrived.class::isInstance)
                .map(Arrived.class::cast)
                .mapToInt(Arrived::peer);
    }

    /** Whether each further column is made for peers, none split off another. */
    boolean ofPeersAlone() {
        return further.stream().allMatch(Arrived.class::isInstance);
    }

    /**
     * Adds the further columns to a row.
     *
     * @param arrived what the row's grants or rules say of those that columns are made for, in their order
     */
    void addTo(LastingRow row, Row arrived) {
        Row.Widening widening = row.now().widening(before, further.size());
        int place = 0;
        for (Further each : further) {
            switch (each) {
                case Arrived unused -> {
                    int group = arrived.group(place++);
                    if (group == 0) {
                        widening.addOther();
                    } else {
                        widening.add(arrived.standing(group));
                    }
                }
                case SplitOff split -> widening.addAs(split.parent());
            }
        }
        row.become(widening.row());
    }
}
