package io.plimsoll.segmentation.idle;

import java.util.Arrays;
import java.util.BitSet;

/** A set of (atom of ports, peer) points. Sets of one size are combined a word at a time. Not safe for use by two threads at once. */
final class Points {

    private final int words;
    private final long[] bits;

    private Points(int words, long[] bits) {
        this.words = words;
        this.bits = bits;
    }

    /** No point. */
    static Points none(int atoms, int peers) {
        int words = (peers + Long.SIZE - 1) / Long.SIZE;
        return new Points(words, new long[words * atoms]);
    }

    /** Some peers at every atom. */
    static Points of(BitSet peers, int atoms, int size) {
        Points points = none(atoms, size);
        for (int atom = 0; atom < atoms; atom++) {
            points.add(peers, atom);
        }
        return points;
    }

    void add(BitSet peers, int... atoms) {
        long[] added = peers.toLongArray();
        for (int atom : atoms) {
            for (int w = 0; w < added.length; w++) {
                bits[atom * words + w] |= added[w];
            }
        }
    }

    void add(int peer, int... atoms) {
        for (int atom : atoms) {
            bits[atom * words + peer / Long.SIZE] |= 1L << peer;
        }
    }

    Points copy() {
        return new Points(words, bits.clone());
    }

    /** These and others, in place. */
    Points or(Points others) {
        for (int w = 0; w < bits.length; w++) {
            bits[w] |= others.bits[w];
        }
        return this;
    }

    /** Those that are in both, in place. */
    Points and(Points others) {
        for (int w = 0; w < bits.length; w++) {
            bits[w] &= others.bits[w];
        }
        return this;
    }

    /** These without others, in place. */
    Points minus(Points others) {
        for (int w = 0; w < bits.length; w++) {
            bits[w] &= ~others.bits[w];
        }
        return this;
    }

    boolean isEmpty() {
        for (long word : bits) {
            if (word != 0) {
                return false;
            }
        }
        return true;
    }

    boolean meets(Points others) {
        for (int w = 0; w < bits.length; w++) {
            if ((bits[w] & others.bits[w]) != 0) {
                return true;
            }
        }
        return false;
    }

    boolean isWithin(Points others) {
        for (int w = 0; w < bits.length; w++) {
            if ((bits[w] & ~others.bits[w]) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Points points && Arrays.equals(bits, points.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }
}
