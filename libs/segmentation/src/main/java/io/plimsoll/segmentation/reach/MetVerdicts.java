package io.plimsoll.segmentation.reach;

import java.util.Arrays;

/** What becomes of two verdicts, by their numbers, as far as they met. Rows are made as they are needed. One thread. */
final class MetVerdicts {

    /** By the first and the second, the number of the result and 1; 0 where they did not meet yet. */
    private int[][] rows = new int[64][];

    /** The number of what became of them; -1 where they did not meet yet. */
    int of(int one, int other) {
        int[] row = one < rows.length ? rows[one] : null;
        return row != null && other < row.length ? row[other] - 1 : -1;
    }

    /** Notes what became of them, and gives it back. */
    int put(int one, int other, int result) {
        if (one >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(one + 1, rows.length * 2));
        }
        int[] row = rows[one];
        if (row == null || other >= row.length) {
            int[] longer = new int[Math.max(64, Integer.highestOneBit(other) * 2)];
            if (row != null) {
                System.arraycopy(row, 0, longer, 0, row.length);
            }
            row = longer;
            rows[one] = row;
        }
        row[other] = result + 1;
        return result;
    }
}
