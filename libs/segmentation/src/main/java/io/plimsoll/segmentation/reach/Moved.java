package io.plimsoll.segmentation.reach;

import java.util.Map;

/**
 * Rows of a later state.
 *
 * @param rows what makes them
 * @param later by the row itself what became of it; one that is not there stayed as it was
 */
record Moved<T>(T rows, Map<Row, Row> later) {

    Row of(Row row) {
        return later.getOrDefault(row, row);
    }
}
