package io.plimsoll.segmentation.topology;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/**
 * What all namespaces hold, one behind the other: a cluster that changes has other ones at each change, so what a namespace holds is not
 * copied for it. Immutable, any thread.
 */
final class Joined<T> extends AbstractList<T> implements RandomAccess {

    /** Of so many it is looked up where they are; who asks for more has them in one array. */
    private static final int ASKED_MAX = 1_000;

    private final T[][] pieces;

    /** The place of the first of each piece, and behind the last. */
    private final int[] firsts;

    /** Where threads count past each other they are joined a little later. */
    private int asked;

    private volatile T @Nullable [] joined;

    /**
     * @param pieces not to be changed any more, without null
     * @param firsts place of the first of each piece, and behind the last
     */
    Joined(T[][] pieces, int[] firsts) {
        this.pieces = pieces;
        this.firsts = firsts;
    }

    @Override
    public T get(int place) {
        Objects.checkIndex(place, size());
        T[] all = joined;
        if (all == null) {
            if (++asked <= ASKED_MAX) {
                int piece = holding(firsts, place);
                return pieces[piece][place - firsts[piece]];
            }
            all = joined();
            joined = all;
        }
        return all[place];
    }

    private T[] joined() {
        T[] all = Arrays.copyOf(pieces[0], size());
        for (int piece = 1; piece < pieces.length; piece++) {
            System.arraycopy(pieces[piece], 0, all, firsts[piece], pieces[piece].length);
        }
        return all;
    }

    /** The piece that holds a place. */
    static int holding(int[] firsts, int place) {
        int found = Arrays.binarySearch(firsts, place);
        int piece = found < 0 ? -found - 2 : found;
        while (firsts[piece + 1] <= place) {
            // A piece in which nothing is begins where the next one does.
            piece++;
        }
        return piece;
    }

    @Override
    public int size() {
        return firsts[firsts.length - 1];
    }
}
