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

    /** Whether each further column is made for peers, none split off another. */
    boolean ofPeersAlone() {
        return further.stream().allMatch(Arrived.class::isInstance);
    }

    /** A row with the further columns; the standing of a peer is asked for each that is made for one. */
    Row row(Row row, IntFunction<Standing> ofPeer) {
        Row.Widening widening = row.widening(before, further.size());
        for (Further each : further) {
            switch (each) {
                case Arrived arrived -> widening.add(ofPeer.apply(arrived.peer()));
                case SplitOff split -> widening.addAs(split.parent());
            }
        }
        return widening.row();
    }
}
