package io.plimsoll.segmentation.reach;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Sorts members into cells that a family of sets does not tell apart: two members share a cell exactly when each set holds both or
 * neither. No hashes: what is equal is equal. It costs two visits of each member of each set. One thread.
 */
final class Refinement {

    private final int[] cellOf;
    private int[] size = new int[16];

    /** Of each cell how many members a set holds; all zero between sets. */
    private int[] held = new int[16];

    /** Of each cell the cell that its members in a set move to; -1 between sets. */
    private int[] moved = new int[16];

    private int cells;

    /** All members but those left out begin in one cell. */
    Refinement(int members, BitSet leftOut) {
        cellOf = new int[members];
        Arrays.fill(moved, -1);
        for (int member = leftOut.nextSetBit(0); member >= 0; member = leftOut.nextSetBit(member + 1)) {
            cellOf[member] = -1;
        }
        size[0] = members - leftOut.cardinality();
        cells = size[0] == 0 ? 0 : 1;
    }

    /** Tells members of the set from those that are not. */
    void by(BitSet set) {
        int[] touched = new int[cells];
        int count = 0;
        for (int member = set.nextSetBit(0); member >= 0; member = set.nextSetBit(member + 1)) {
            int cell = cellOf[member];
            if (cell >= 0 && held[cell]++ == 0) {
                touched[count++] = cell;
            }
        }
        boolean splits = false;
        for (int i = 0; i < count; i++) {
            int cell = touched[i];
            if (held[cell] < size[cell]) {
                // Made before the place to note it in is looked up: a new cell may make the arrays larger.
                int made = newCell(held[cell]);
                moved[cell] = made;
                size[cell] -= held[cell];
                splits = true;
            }
            held[cell] = 0;
        }
        if (!splits) {
            return;
        }
        for (int member = set.nextSetBit(0); member >= 0; member = set.nextSetBit(member + 1)) {
            int cell = cellOf[member];
            if (cell >= 0 && moved[cell] >= 0) {
                cellOf[member] = moved[cell];
            }
        }
        for (int i = 0; i < count; i++) {
            moved[touched[i]] = -1;
        }
    }

    private int newCell(int members) {
        if (cells == size.length) {
            size = Arrays.copyOf(size, cells * 2);
            held = Arrays.copyOf(held, cells * 2);
            moved = Arrays.copyOf(moved, cells * 2);
            Arrays.fill(moved, cells, cells * 2, -1);
        }
        size[cells] = members;
        return cells++;
    }

    int cells() {
        return cells;
    }

    /** The cell of each member, -1 for those left out; not to be used further after that. */
    int[] cellOf() {
        return cellOf;
    }
}
