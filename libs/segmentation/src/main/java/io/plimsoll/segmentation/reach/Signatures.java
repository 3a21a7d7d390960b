package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Peer;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    /**
     * What a class is held by.
     *
     * @param names of its ports, which tell apart as well where rules ask for them; else none
     */
    record Signature(long high, long low, NamedPorts names) {}

    /** Each number is drawn for itself: made of one seed, all of them together would be no more than its 64 bits. */
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<Peer, Mark> marks = new HashMap<>();

    private long[] high;
    private long[] low;
    private int columns;

    /** For each column the names that its peers have for ports; empty where no rule asks. */
    private final List<NamedPorts> names = new ArrayList<>();

    /**
     * @param told what tells these columns apart
     * @param named whether names of ports do
     */
    Signatures(ColumnSets sets, Collection<Peer> told, boolean named) {
        this.columns = sets.columns().size();
        this.high = new long[columns];
        this.low = new long[columns];
        told.forEach(peer -> mark(peer, draw(peer), sets));
        read(sets.columns(), named);
    }

    private void read(Columns from, boolean named) {
        names.clear();
        for (int column = 0; named && column < from.size(); column++) {
            names.add(from.names(column));
        }
    }

    private NamedPorts names(int column) {
        return column < names.size() ? names.get(column) : NamedPorts.NONE;
    }

    private Mark draw(Peer peer) {
        byte[] drawn = new byte[4 * Long.BYTES];
        RANDOM.nextBytes(drawn);
        ByteBuffer numbers = ByteBuffer.wrap(drawn);
        Mark mark = new Mark(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
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

    /**
     * Columns that came, and peers that tell them apart since.
     *
     * @param named whether rules ask for names of ports
     * @param byNames whether these may be others than before, or tell more apart
     */
    void widened(Widened widened, Collection<Peer> came, ColumnSets sets, boolean named, boolean byNames) {
        int size = widened.columns().size();
        if (size > high.length) {
            high = Arrays.copyOf(high, size + size / 2);
            low = Arrays.copyOf(low, size + size / 2);
        }
        for (Widened.Further each : widened.further()) {
            switch (each) {
                case Widened.Arrived arrived -> {
                    high[columns] = arrived.signature().high;
                    low[columns] = arrived.signature().low;
                    names.add(arrived.signature().names);
                }
                case Widened.SplitOff split -> {
                    high[columns] = high[split.parent()];
                    low[columns] = low[split.parent()];
                    names.add(names(split.parent()));
                }
            }
            columns++;
        }
        if (byNames || !named) {
            read(widened.columns(), named);
        }
        came.forEach(peer -> mark(peer, draw(peer), sets));
    }

    /**
     * What newcomers are held by, each by its place among them.
     *
     * @param meaning those of the peers known here that mean any of them, and whom
     * @param named whether rules ask for ports by name
     */
    Signature[] of(Newcomers newcomers, Map<Peer, Matched> meaning, boolean named) {
        Held held = new Held(newcomers.size());
        meaning.forEach((peer, matched) -> {
            Mark mark = marks.get(peer);
            if (mark != null) {
                held.by(mark, matched);
            }
        });
        return held.signatures(newcomers, named);
    }

    /** The same, where each peer known here is asked whom it means. */
    Signature[] of(Newcomers newcomers, Function<Peer, Matched> meaning, boolean named) {
        Held held = new Held(newcomers.size());
        if (!newcomers.isEmpty()) {
            marks.forEach((peer, mark) -> held.by(mark, meaning.apply(peer)));
        }
        return held.signatures(newcomers, named);
    }

    private static final class Held {

        private final long[] high;
        private final long[] low;

        Held(int size) {
            this.high = new long[size];
            this.low = new long[size];
        }

        void by(Mark mark, Matched matched) {
            BitSet certain = matched.certain();
            for (int c = certain.nextSetBit(0); c >= 0 && c < high.length; c = certain.nextSetBit(c + 1)) {
                high[c] ^= mark.high;
                low[c] ^= mark.low;
            }
            BitSet unsure = matched.unsure();
            for (int c = unsure.nextSetBit(0); c >= 0 && c < high.length; c = unsure.nextSetBit(c + 1)) {
                high[c] ^= mark.unsureHigh;
                low[c] ^= mark.unsureLow;
            }
        }

        Signature[] signatures(Newcomers newcomers, boolean named) {
            Signature[] signatures = new Signature[high.length];
            for (int c = 0; c < signatures.length; c++) {
                NamedPorts ports = named ? newcomers.topology().classes().get(c).ports() : NamedPorts.NONE;
                signatures[c] = new Signature(high[c], low[c], ports);
            }
            return signatures;
        }
    }

    /** For each signature the first of the columns wanted that is held by the same, as far as there is one. */
    Map<Signature, Integer> columns(Signature[] signatures, IntPredicate wanted) {
        long[] asked = Arrays.stream(signatures)
                .mapToLong(Signature::high)
                .sorted()
                .distinct()
                .toArray();
        Set<Signature> open = new HashSet<>(Arrays.asList(signatures));
        Map<Signature, Integer> found = new HashMap<>();
        for (int column = 0; column < columns && !open.isEmpty(); column++) {
            if (Arrays.binarySearch(asked, high[column]) >= 0 && wanted.test(column)) {
                Signature signature = new Signature(high[column], low[column], names(column));
                if (open.remove(signature)) {
                    found.put(signature, column);
                }
            }
        }
        return found;
    }
}
