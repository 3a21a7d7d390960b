package io.plimsoll.segmentation.reach;

import java.util.Map;

/**
 * Rows of a later state.
 *
 * @param rows what makes them
 * @param later by the row itself what became of it; one that is not there stayed as it was
 * @param selectsOthers whether policies may select other classes than before, so that each is to be asked for again
 */
record Moved<T>(T rows, Map<Row, Row> later, boolean selectsOthers) {

    Row of(Row row) {
        return later.getOrDefault(row, row);
    }
}
