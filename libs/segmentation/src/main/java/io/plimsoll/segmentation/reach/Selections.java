package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which policies of a tier select each class, and the row that follows: classes selected alike have one number, by which a later state finds what
 * changed for whom. One thread.
 */
final class Selections {

    private static final int UNKNOWN = -1;

    /**
     * All that a class's row depends on.
     *
     * @param policies by number those that select it; not to be changed
     * @param names it has for ports, where a rule of the tier asks
     */
    record Selected(BitSet policies, NamedPorts names) {}

    /** For each class its number, {@link #UNKNOWN} until it is asked for. */
    private final PeerNumbers ofClass;

    private final List<Selected> all;
    private final Map<Selected, Integer> numbers;

    /** By number; null until asked for. */
    private final List<@Nullable LastingRow> rows;

    Selections(Topology topology) {
        int[] unknown = new int[topology.classes().size()];
        Arrays.fill(unknown, UNKNOWN);
        this.ofClass = PeerNumbers.of(topology, unknown);
        this.all = new ArrayList<>();
        this.numbers = new HashMap<>();
        this.rows = new ArrayList<>();
    }

    private Selections(Selections before, PeerNumbers ofClass) {
        this.ofClass = ofClass;
        this.all = before.all;
        this.numbers = before.numbers;
        this.rows = before.rows;
    }

    /**
     * What becomes of policies.
     *
     * @param others numbers of those that do not say what they said, or speak to others, or are gone or new
     * @param selecting of those among them that may speak to others the classes of the later state that each selects; none where it is gone
     */
    record Change(BitSet others, Map<Integer, BitSet> selecting) {}

    /**
     * The number of a class.
     *
     * @param asked what it is selected by, where that is not known yet
     */
    int of(int subject, IntFunction<Selected> asked) {
        int number = ofClass.at(subject);
        if (number == UNKNOWN) {
            number = number(asked.apply(subject));
            ofClass.set(subject, number);
        }
        return number;
    }

    private int number(Selected selected) {
        Integer known = numbers.putIfAbsent(selected, all.size());
        if (known != null) {
            return known;
        }
        all.add(selected);
        rows.add(null);
        return all.size() - 1;
    }

    /** The row of classes by their number. */
    LastingRow row(int number, Function<Selected, LastingRow> make) {
        LastingRow row = rows.get(number);
        if (row == null) {
            row = make.apply(all.get(number));
            rows.set(number, row);
        }
        return row;
    }

    /**
     * The same policies selecting the classes of a later state; these are not to be asked after it.
     *
     * @param others gets the classes whose row may be made of other policies than before
     * @param renamed whether the names that classes have for ports are to be read again
     */
    Selections later(Step step, Change change, boolean renamed, BitSet others) {
        boolean[] hit = new boolean[all.size()];
        for (int number = 0; number < hit.length; number++) {
            hit[number] = all.get(number).policies.intersects(change.others);
            if (hit[number]) {
                rows.set(number, null);
            }
        }
        Topology topology = step.topology();
        PeerNumbers later = ofClass.later(step.since());
        BitSet reselected = new BitSet();
        change.selecting.values().forEach(reselected::or);
        Reselection reselection = new Reselection(change.selecting);
        for (int piece = 0; piece < later.pieces(); piece++) {
            int[] numbers = later.piece(piece);
            for (int place = 0; place < numbers.length; place++) {
                int c = later.first(piece) + place;
                int number = numbers[place];
                if (number == UNKNOWN) {
                    others.set(c);
                    continue;
                }
                boolean other = hit[number] || reselected.get(c);
                if (other) {
                    others.set(c);
                    number = reselection.of(number, c);
                }
                if (renamed) {
                    number = number(new Selected(
                            all.get(number).policies, topology.classes().get(c).ports()));
                }
                if (number != numbers[place]) {
                    later.set(c, number);
                }
            }
        }
        return new Selections(this, later);
    }

    /** What becomes of numbers where some policies speak to others: thousands of classes change alike. One thread. */
    private final class Reselection {

        private final List<Integer> policies;
        private final List<BitSet> classes;
        private final Map<Long, Integer> known = new HashMap<>();

        Reselection(Map<Integer, BitSet> selecting) {
            this.policies = List.copyOf(selecting.keySet());
            this.classes = policies.stream().map(selecting::get).toList();
        }

        int of(int number, int subject) {
            if (policies.isEmpty()) {
                return number;
            }
            if (policies.size() > Integer.SIZE) {
                return number(selected(all.get(number), subject));
            }
            long selecting = 0;
            for (int p = 0; p < classes.size(); p++) {
                selecting = selecting << 1 | (classes.get(p).get(subject) ? 1 : 0);
            }
            return known.computeIfAbsent(
                    (long) number << Integer.SIZE | selecting, unused -> number(selected(all.get(number), subject)));
        }

        private Selected selected(Selected before, int subject) {
            BitSet selecting = (BitSet) before.policies.clone();
            for (int p = 0; p < classes.size(); p++) {
                selecting.set(policies.get(p), classes.get(p).get(subject));
            }
            return new Selected(selecting, before.names);
        }
    }

    /** Of classes that changed in nothing but their number: every policy says what it said, and rows are what they were. */
    Selections later(Step step) {
        if (step.samePeers()) {
            return this;
        }
        return new Selections(this, ofClass.later(step.since()));
    }

    int size() {
        return all.size();
    }
}
