package io.plimsoll.segmentation.reach;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Cores of sides as they are found, each once, by number. It goes from each state to the next, in which a core keeps its number; what an earlier
 * state was handed stays as it is. One thread.
 */
final class NumberedCores {

    /** Where more cores were made than these, and twice as many as there were, those that nobody has any more are left out. */
    private static final int FURTHER_MAX = 1_000;

    private final Map<Core, Integer> numbers;
    private Core[] cores;
    private int size;

    /** How many there were when all of them were somebody's. */
    private int begun;

    /** @param expected about how many cores there will be */
    NumberedCores(int expected) {
        this.numbers = HashMap.newHashMap(expected);
        this.cores = new Core[Math.max(expected, 16)];
    }

    /** The number of the core that says the same. */
    int number(Core core) {
        Integer known = numbers.putIfAbsent(core, size);
        if (known != null) {
            return known;
        }
        if (size == cores.length) {
            cores = Arrays.copyOf(cores, size * 2);
        }
        cores[size] = core;
        return size++;
    }

    /** By number; further ones may come behind them and are of no concern to whoever was handed these. */
    Core[] cores() {
        return cores;
    }

    /** Leaves out cores that no class has, where they are many. */
    void tidy(PeerNumbers ofClass) {
        if (size <= 2 * begun + FURTHER_MAX) {
            return;
        }
        Core[] had = cores;
        int[] later = new int[size];
        Arrays.fill(later, -1);
        numbers.clear();
        cores = new Core[had.length];
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
