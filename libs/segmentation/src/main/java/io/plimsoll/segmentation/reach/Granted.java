package io.plimsoll.segmentation.reach;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Some grants by number, ascending. A class has few of thousands, so that they are listed. Immutable. */
final class Granted {

    private final int[] numbers;
    private final int hash;

    private Granted(int[] numbers) {
        this.numbers = numbers;
        this.hash = Arrays.hashCode(numbers);
    }

    static Granted of(BitSet granted) {
        return new Granted(granted.stream().toArray());
    }

    /** Those of them that are in a set. */
    Granted in(BitSet set) {
        int[] found = new int[numbers.length];
        int size = 0;
        for (int number : numbers) {
            if (set.get(number)) {
                found[size++] = number;
            }
        }
        return new Granted(Arrays.copyOf(found, size));
    }

    boolean intersects(BitSet set) {
        for (int number : numbers) {
            if (set.get(number)) {
                return true;
            }
        }
        return false;
    }

    /** Not to be changed. */
    int[] numbers() {
        return numbers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Granted granted && hash == granted.hash && Arrays.equals(numbers, granted.numbers);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
