package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Peer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Which of the peers that rules name hold a column, as one number: a class that comes later and is held by the same ones needs no column of its
 * own. Each peer has a number of 128 bits drawn at random, a column the exclusive or of those that hold it; that two columns which differ have the
 * same one is less likely than one in 10<sup>30</sup>, whatever the names of peers. It goes from each state to the next. One thread.
 */
final class Signatures {

    /** Numbers of one peer: of what it means for sure, and of what it may mean. */
    private record Mark(long high, long low, long unsureHigh, long unsureLow) {}

    /** What a class is held by. */
    record Signature(long high, long low) {}

    private static final Signature NONE = new Signature(0, 0);

    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private final Map<Peer, Mark> marks = new HashMap<>();

    /** Names that peers have for ports, where rules ask for them, tell columns apart as well; none at all are names like others. */
    private final Map<NamedPorts, Signature> ofNames = new HashMap<>();

    private long[] high;
    private long[] low;
    private int columns;

    /**
     * @param told what tells these columns apart
     * @param named whether names of ports do
     */
    Signatures(ColumnSets sets, Collection<Peer> told, boolean named) {
        this.columns = sets.columns().size();
        this.high = new long[columns];
        this.low = new long[columns];
        told.forEach(peer -> mark(peer, draw(peer), sets));
        for (int column = 0; named && column < columns; column++) {
            Signature names = of(sets.columns().names(column));
            high[column] ^= names.high;
            low[column] ^= names.low;
        }
    }

    private Signature of(NamedPorts names) {
        return ofNames.computeIfAbsent(names, unused -> drawn());
    }

    private Signature drawn() {
        return new Signature(random.nextLong(), random.nextLong());
    }

    private Mark draw(Peer peer) {
        Mark mark = new Mark(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        marks.put(peer, mark);
        return mark;
    }

    private void mark(Peer peer, Mark mark, ColumnSets sets) {
        Matched matched = sets.of(List.of(peer));
        BitSet certain = matched.certain();
        for (int column = certain.nextSetBit(0); column >= 0; column = certain.nextSetBit(column + 1)) {
            high[column] ^= mark.high;
            low[column] ^= mark.low;
        }
        BitSet unsure = matched.unsure();
        for (int column = unsure.nextSetBit(0); column >= 0; column = unsure.nextSetBit(column + 1)) {
            high[column] ^= mark.unsureHigh;
            low[column] ^= mark.unsureLow;
        }
    }

    /** No rule names these any more; what they hold among the columns is what {@code sets} say. */
    void left(Collection<Peer> peers, ColumnSets sets) {
        for (Peer peer : peers) {
            Mark mark = marks.remove(peer);
            if (mark != null) {
                mark(peer, mark, sets);
            }
        }
    }

    /** Columns that came, and peers that tell them apart since. */
    void widened(Widened widened, Collection<Peer> came, ColumnSets sets) {
        int size = widened.columns().size();
        if (size > high.length) {
            high = Arrays.copyOf(high, size + size / 2);
            low = Arrays.copyOf(low, size + size / 2);
        }
        for (Widened.Further each : widened.further()) {
            switch (each) {
                case Widened.Arrived arrived -> append(arrived.signature());
                case Widened.SplitOff split when split.byNames() -> {
                    // Which names either has is not looked up: nobody joins them any more.
                    append(drawn());
                    Signature other = drawn();
                    high[split.parent()] = other.high;
                    low[split.parent()] = other.low;
                }
                case Widened.SplitOff split -> append(new Signature(high[split.parent()], low[split.parent()]));
            }
        }
        came.forEach(peer -> mark(peer, draw(peer), sets));
    }

    private void append(Signature signature) {
        high[columns] = signature.high;
        low[columns] = signature.low;
        columns++;
    }

    /**
     * What newcomers are held by, each by its place among them.
     *
     * @param peers at least those of the peers known here that mean any of them
     * @param ofThem which of the newcomers a peer means
     * @param named whether rules ask for ports by name
     */
    Signature[] of(Newcomers newcomers, Collection<Peer> peers, Function<Peer, Matched> ofThem, boolean named) {
        int size = newcomers.size();
        long[] theirHigh = new long[size];
        long[] theirLow = new long[size];
        for (Peer peer : size == 0 ? List.<Peer>of() : peers) {
            Mark mark = marks.get(peer);
            if (mark == null) {
                continue;
            }
            Matched matched = ofThem.apply(peer);
            BitSet certain = matched.certain();
            for (int c = certain.nextSetBit(0); c >= 0 && c < size; c = certain.nextSetBit(c + 1)) {
                theirHigh[c] ^= mark.high;
                theirLow[c] ^= mark.low;
            }
            BitSet unsure = matched.unsure();
            for (int c = unsure.nextSetBit(0); c >= 0 && c < size; c = unsure.nextSetBit(c + 1)) {
                theirHigh[c] ^= mark.unsureHigh;
                theirLow[c] ^= mark.unsureLow;
            }
        }
        Signature[] signatures = new Signature[size];
        for (int c = 0; c < size; c++) {
            Signature names = named ? of(newcomers.topology().classes().get(c).ports()) : NONE;
            signatures[c] = new Signature(theirHigh[c] ^ names.high, theirLow[c] ^ names.low);
        }
        return signatures;
    }

    /** The first of the columns wanted that is held by the same; -1 where there is none. */
    int column(Signature signature, IntPredicate wanted) {
        for (int column = 0; column < columns; column++) {
            if (high[column] == signature.high && low[column] == signature.low && wanted.test(column)) {
                return column;
            }
        }
        return -1;
    }

    /** Those that rules name. */
    Collection<Peer> peers() {
        return marks.keySet();
    }
}
