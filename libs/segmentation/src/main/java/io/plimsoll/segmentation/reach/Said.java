package io.plimsoll.segmentation.reach;

import java.util.Arrays;

/**
 * Verdicts on many, of which few differ: a number of a verdict for each place, kept as the place of that number among those that differ.
 * Immutable; the arrays are its own.
 */
final class Said {

    private final char[] places;
    private final int[] numbers;

    private Said(char[] places, int[] numbers) {
        this.places = places;
        this.numbers = numbers;
    }

    /** How many numbers differ. */
    int different() {
        return numbers.length;
    }

    /** Where the number of what is said of one stands among those that differ. */
    int place(int one) {
        return places[one];
    }

    /** The number of the verdict on one. */
    int number(int one) {
        return numbers[places[one]];
    }

    /** Makes many of them, with the same memory for looking up what was met. One thread. */
    static final class Maker {

        /** By number, its place and 1; 0 where it was not met. */
        private int[] met = new int[256];

        private int[] numbers = new int[256];

        /** @param said the number of a verdict for each place */
        Said of(int[] said) {
            char[] places = new char[said.length];
            int different = 0;
            for (int i = 0; i < said.length; i++) {
                int number = said[i];
                if (number >= met.length) {
                    met = Arrays.copyOf(met, Math.max(number + 1, met.length * 2));
                }
                int place = met[number];
                if (place == 0) {
                    if (different == numbers.length) {
                        numbers = Arrays.copyOf(numbers, different * 2);
                    }
                    numbers[different++] = number;
                    place = different;
                    met[number] = place;
                }
                places[i] = (char) (place - 1);
            }
            for (int i = 0; i < different; i++) {
                met[numbers[i]] = 0;
            }
            if (different > Character.MAX_VALUE) {
                throw new IllegalStateException("more than " + different + " verdicts of one side");
            }
            return new Said(places, Arrays.copyOf(numbers, different));
        }
    }
}
