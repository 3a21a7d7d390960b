package io.plimsoll.segmentation.reach;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Groups of columns that came one after another. A longer one shares the places of the one it was made of as long as there is room behind them and
 * no other was made longer there before: so a row that follows many changes is not copied at each of them. Immutable, any thread.
 */
final class Tail {

    static final Tail NONE = new Tail(new char[0], 0, new AtomicInteger());

    private static final int ROOM_MIN = 16;

    /** Places behind the size are another's. */
    private final char[] groups;

    private final int size;

    /** Places that somebody has; what is behind them was never written. */
    private final AtomicInteger taken;

    private Tail(char[] groups, int size, AtomicInteger taken) {
        this.groups = groups;
        this.size = size;
        this.taken = taken;
    }

    int size() {
        return size;
    }

    /** Group 0 behind the end. */
    int at(int place) {
        return place < size ? groups[place] : 0;
    }

    /**
     * With more behind it.
     *
     * @param from the place of the first, not before the end; places between are of group 0
     */
    Tail with(int from, char[] further) {
        int end = from + further.length;
        if (end <= groups.length && taken.compareAndSet(size, end)) {
            System.arraycopy(further, 0, groups, from, further.length);
            return new Tail(groups, end, taken);
        }
        // What others wrote behind the end is not to come along.
        char[] copied = Arrays.copyOf(Arrays.copyOf(groups, size), end + end / 2 + ROOM_MIN);
        System.arraycopy(further, 0, copied, from, further.length);
        return new Tail(copied, end, new AtomicInteger(end));
    }
}
