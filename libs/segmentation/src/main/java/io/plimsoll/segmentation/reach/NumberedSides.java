package io.plimsoll.segmentation.reach;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Sides as they are found, each once, by number. It goes from each state to the next, in which a side keeps its number; what an earlier state
 * was handed stays as it is. One thread.
 */
final class NumberedSides {

    /** Where more sides were made than these, and twice as many as there were, those that nobody has any more are left out. */
    private static final int FURTHER_MAX = 1_000;

    private final Map<Side, Integer> numbers;
    private Side[] sides;
    private int size;

    /** How many there were when all of them were somebody's. */
    private int begun;

    /** @param expected about how many sides there will be */
    NumberedSides(int expected) {
        this.numbers = HashMap.newHashMap(expected);
        this.sides = new Side[Math.max(expected, 16)];
    }

    /** The number of the side that says the same. */
    int number(Side side) {
        Integer known = numbers.putIfAbsent(side, size);
        if (known != null) {
            return known;
        }
        if (size == sides.length) {
            sides = Arrays.copyOf(sides, size * 2);
        }
        sides[size] = side;
        return size++;
    }

    /** By number; further ones may come behind them and are of no concern to whoever was handed these. */
    Side[] sides() {
        return sides;
    }

    /** Leaves out sides that no class has, where they are many. */
    void tidy(PeerNumbers ofClass) {
        if (size <= 2 * begun + FURTHER_MAX) {
            return;
        }
        Side[] had = sides;
        int[] later = new int[size];
        Arrays.fill(later, -1);
        numbers.clear();
        sides = new Side[had.length];
        size = 0;
        int[] numbered = ofClass.copied();
        for (int c = 0; c < numbered.length; c++) {
            int number = numbered[c];
            if (later[number] < 0) {
                later[number] = number(had[number]);
            }
            numbered[c] = later[number];
        }
        ofClass.setAll(numbered);
        begun = size;
    }
}
