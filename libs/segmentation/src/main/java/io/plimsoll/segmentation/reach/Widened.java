package io.plimsoll.segmentation.reach;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Columns with those that came to them.
 *
 * @param columns all of them
 * @param before how many there were
 * @param further those behind them
 */
record Widened(Columns columns, int before, List<Further> further) {

    /**
     * One more column.
     *
     * @param peer whom it is made for; -1 where it is split off another
     * @param parent the column it is split off, which rules in force before do not tell from it; -1 where it is made for a peer
     */
    record Further(int peer, int parent) {}

    /** Whether each further column is made for a peer, none split off another. */
    boolean ofPeersAlone() {
        return further.stream().allMatch(each -> each.peer() >= 0);
    }

    /** A row with the further columns; the standing of a peer is asked for each that is made for one. */
    Row row(Row row, IntFunction<Standing> ofPeer) {
        Row.Widening widening = row.widening(before, further.size());
        for (Further each : further) {
            if (each.peer() >= 0) {
                widening.add(ofPeer.apply(each.peer()));
            } else {
                widening.addAs(each.parent());
            }
        }
        return widening.row();
    }
}
