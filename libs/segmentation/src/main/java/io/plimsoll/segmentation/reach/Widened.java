package io.plimsoll.segmentation.reach;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

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
     * @param peer the first of those it is made for; -1 where it is split off another
     * @param parent the column it is split off, which rules in force before do not tell from it; -1 where it is made for peers
     * @param signature of those it is made for; null where it is split off
     */
    record Further(int peer, int parent, Signatures.@Nullable Signature signature) {

        static Further of(int peer, Signatures.Signature signature) {
            return new Further(peer, -1, signature);
        }

        static Further splitOff(int parent) {
            return new Further(-1, parent, null);
        }
    }

    /** Whether each further column is made for peers, none split off another. */
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
