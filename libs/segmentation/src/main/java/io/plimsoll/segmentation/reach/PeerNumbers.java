package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.topology.Since;
import io.plimsoll.segmentation.topology.Topology;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A number for each peer, or for each class alone, in the pieces that {@link Since} speaks of: a piece in which nothing changed is the very one of
 * the state before, so that a change writes down what it concerns and not all. One thread writes, and no more once it is handed out or the next is
 * made of it; then any thread may read.
 */
final class PeerNumbers {

    /** Of so many it is looked up where they are; who asks for more has the pieces joined. */
    private static final int ASKED_MAX = 64;

    /** The first peer of each piece, and the place behind the last; of classes alone as well that of what follows them. */
    private final int[] firsts;

    private final int[][] pieces;

    /** Pieces that are nobody else's. */
    private final BitSet own;

    /** Where threads count past each other the pieces are joined a little later. */
    private int asked;

    private volatile int @Nullable [] joined;

    private PeerNumbers(int[] firsts, int[][] pieces, BitSet own) {
        this.firsts = firsts;
        this.pieces = pieces;
        this.own = own;
    }

    /**
     * @param numbers of all peers, or of all classes; not to be changed any more
     */
    static PeerNumbers of(Topology topology, int[] numbers) {
        int[] firsts = Since.firsts(topology);
        int[][] pieces = new int[topology.blocks().size() + (numbers.length == topology.peers() ? 1 : 0)][];
        BitSet own = new BitSet(pieces.length);
        for (int piece = 0; piece < pieces.length; piece++) {
            pieces[piece] = Arrays.copyOfRange(numbers, firsts[piece], firsts[piece + 1]);
            own.set(piece);
        }
        PeerNumbers made = new PeerNumbers(firsts, pieces, own);
        made.joined = numbers;
        return made;
    }

    /** Those of the peers of a later state, -1 for who was not there. */
    PeerNumbers later(Since since) {
        boolean classesAlone = firsts.length > pieces.length + 1;
        int[][] later = new int[classesAlone ? since.pieces() - 1 : since.pieces()][];
        BitSet made = new BitSet(later.length);
        for (int piece = 0; piece < later.length; piece++) {
            int same = since.same(piece);
            if (same >= 0) {
                later[piece] = pieces[same];
                continue;
            }
            int[] was = since.was(piece);
            int[] numbers = new int[was.length];
            for (int place = 0; place < was.length; place++) {
                numbers[place] = was[place] < 0 ? -1 : at(was[place]);
            }
            later[piece] = numbers;
            made.set(piece);
        }
        return new PeerNumbers(since.firsts(), later, made);
    }

    /** How many have a number. */
    int size() {
        return firsts[pieces.length];
    }

    int pieces() {
        return pieces.length;
    }

    /** The numbers of a piece; not to be changed. */
    int[] piece(int piece) {
        return pieces[piece];
    }

    /** Whether a piece is of this state alone. */
    boolean isOwn(int piece) {
        return own.get(piece);
    }

    int first(int piece) {
        return firsts[piece];
    }

    /** The number of one of those that many are asked for. */
    int of(int peer) {
        int[] all = joined;
        if (all == null) {
            if (++asked <= ASKED_MAX) {
                return at(peer);
            }
            all = joined();
        }
        return all[peer];
    }

    /** The number of one of a few. */
    int at(int peer) {
        int piece = pieceOf(peer);
        return pieces[piece][peer - firsts[piece]];
    }

    private int pieceOf(int peer) {
        int found = Arrays.binarySearch(firsts, 0, pieces.length, peer);
        return found < 0 ? -found - 2 : found;
    }

    void set(int peer, int number) {
        int piece = pieceOf(peer);
        int place = peer - firsts[piece];
        if (pieces[piece][place] == number) {
            return;
        }
        if (!own.get(piece)) {
            pieces[piece] = pieces[piece].clone();
            own.set(piece);
        }
        pieces[piece][place] = number;
        joined = null;
    }

    /** Gives all of them other numbers; pieces in which they are the same stay. */
    void setAll(int[] numbers) {
        for (int piece = 0; piece < pieces.length; piece++) {
            if (!Arrays.equals(pieces[piece], 0, pieces[piece].length, numbers, firsts[piece], firsts[piece + 1])) {
                pieces[piece] = Arrays.copyOfRange(numbers, firsts[piece], firsts[piece + 1]);
                own.set(piece);
            }
        }
        joined = null;
    }

    /** All of them; not to be changed. */
    int[] joined() {
        int[] known = joined;
        if (known == null) {
            // Two threads may each join them: both make the same.
            known = copied();
            joined = known;
        }
        return known;
    }

    int[] copied() {
        int[] all = new int[size()];
        for (int piece = 0; piece < pieces.length; piece++) {
            System.arraycopy(pieces[piece], 0, all, firsts[piece], pieces[piece].length);
        }
        return all;
    }

    /** Which numbers somebody has who is not left out. */
    boolean[] used(int numbers, BitSet leftOut) {
        boolean[] used = new boolean[numbers];
        for (int piece = 0; piece < pieces.length; piece++) {
            int left = leftOut.nextSetBit(firsts[piece]);
            boolean all = left < 0 || left >= firsts[piece + 1];
            int[] here = pieces[piece];
            for (int place = 0; place < here.length; place++) {
                if (here[place] >= 0 && (all || !leftOut.get(firsts[piece] + place))) {
                    used[here[place]] = true;
                }
            }
        }
        return used;
    }
}
