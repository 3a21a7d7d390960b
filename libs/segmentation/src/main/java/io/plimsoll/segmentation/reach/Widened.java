package io.plimsoll.segmentation.reach;

import java.util.ArrayList;
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

    /** A row with the further columns; the standing of a peer is asked for each that is made for one. */
    Row row(Row row, IntFunction<Standing> ofPeer) {
        if (further.isEmpty()) {
            return row;
        }
        List<Standing> more = new ArrayList<>(further.size());
        for (Further each : further) {
            more.add(
                    each.peer() >= 0
                            ? ofPeer.apply(each.peer())
                            : each.parent() < before ? row.at(each.parent()) : more.get(each.parent() - before));
        }
        return row.widened(before, more);
    }
}
