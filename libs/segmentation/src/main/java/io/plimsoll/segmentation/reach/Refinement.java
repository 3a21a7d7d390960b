package io.plimsoll.segmentation.reach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Sorts members into cells that a family of sets does not tell apart: two members share a cell exactly when each set holds both or
 * neither. No hashes: what is equal is equal. It costs two visits of each member of each set. One thread.
 */
final class Refinement {

    private final int[] cellOf;
    private int[] size;

    /** Of each cell how many members a set holds; all zero between sets. */
    private int[] held;

    /** Of each cell the cell that its members in a set move to; -1 between sets. */
    private int[] moved;

    /** The cells that a set holds members of; of no meaning between sets. */
    private int[] touched = new int[0];

    private int cells;

    /** Of each cell made since the beginning the one it is split off. */
    private final List<Integer> parents = new ArrayList<>();

    /**
     * Members begin in the cells they are in.
     *
     * @param cellOf for each member, -1 for those left out; further on kept here
     */
    Refinement(int[] cellOf, int cells) {
        this.cellOf = cellOf;
        this.cells = cells;
        int room = Math.max(cells, 16);
        this.size = new int[room];
        this.held = new int[room];
        this.moved = new int[room];
        Arrays.fill(moved, -1);
        for (int cell : cellOf) {
            if (cell >= 0) {
                size[cell]++;
            }
        }
    }

    /** All members but those left out begin in one cell. */
    Refinement(int members, BitSet leftOut) {
        this(inOne(members, leftOut), leftOut.cardinality() == members ? 0 : 1);
    }

    private static int[] inOne(int members, BitSet leftOut) {
        int[] cellOf = new int[members];
        for (int member = leftOut.nextSetBit(0); member >= 0; member = leftOut.nextSetBit(member + 1)) {
            cellOf[member] = -1;
        }
        return cellOf;
    }

    /** Tells members of the set from those that are not. */
    void by(BitSet set) {
        if (touched.length < cells) {
            touched = new int[size.length];
        }
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
                parents.add(cell);
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

    /** For each cell made since the beginning, in their order, the one it is split off. */
    List<Integer> parents() {
        return parents;
    }

    /** The cell of each member, -1 for those left out; not to be used further after that. */
    int[] cellOf() {
        return cellOf;
    }
}
