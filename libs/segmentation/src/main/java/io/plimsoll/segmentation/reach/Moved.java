package io.plimsoll.segmentation.reach;

import java.util.BitSet;
import java.util.Map;

/**
 * Rows of a later state.
 *
 * @param rows what makes them
 * @param later by the row itself what became of it; one that is not there stayed as it was
 * @param others classes whose row may be made of other policies than before, so that each is to be asked for again; never changed once handed out
 */
record Moved<T>(T rows, Map<Row, Row> later, BitSet others) {

    Row of(Row row) {
        return later.getOrDefault(row, row);
    }
}
