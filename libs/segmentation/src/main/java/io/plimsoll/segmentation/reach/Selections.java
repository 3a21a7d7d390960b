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

    /** By number; null where no class had it yet. */
    private final List<@Nullable LastingRow> rows;

    /** The same as they were handed out; null where others came since. */
    private LastingRow @Nullable [] handedOut;

    /** Whether all classes have a number and a row each. */
    private boolean whole;

    /** Whether they had: then all have but those in pieces that are of this state alone. */
    private final boolean wholeBefore;

    Selections(Topology topology) {
        int[] unknown = new int[topology.classes().size()];
        Arrays.fill(unknown, UNKNOWN);
        this.ofClass = PeerNumbers.of(topology, unknown);
        this.all = new ArrayList<>();
        this.numbers = new HashMap<>();
        this.rows = new ArrayList<>();
        this.wholeBefore = false;
    }

    private Selections(Selections before, PeerNumbers ofClass) {
        this.ofClass = ofClass;
        this.all = before.all;
        this.numbers = before.numbers;
        this.rows = before.rows;
        this.handedOut = before.handedOut;
        this.wholeBefore = before.whole;
    }

    /**
     * What becomes of policies.
     *
     * @param others numbers of those that do not say what they said, or speak to others, or are gone or new
     * @param selecting of those among them that may speak to others the classes of the later state that each selects; none where it is gone
     */
    record Change(BitSet others, Map<Integer, BitSet> selecting) {}

    private int number(Selected selected) {
        Integer known = numbers.putIfAbsent(selected, all.size());
        if (known != null) {
            return known;
        }
        all.add(selected);
        rows.add(null);
        return all.size() - 1;
    }

    /**
     * The rows of all classes. What is handed out does not change any more; these are not to be asked after it but for the next.
     *
     * @param selected by what a class is selected, where that is not known yet
     */
    SelectedRows rows(IntFunction<Selected> selected, Function<Selected, LastingRow> make) {
        for (int piece = 0; piece < ofClass.pieces(); piece++) {
            if (wholeBefore && !ofClass.isOwn(piece)) {
                continue;
            }
            int[] numbers = ofClass.piece(piece);
            for (int place = 0; place < numbers.length; place++) {
                int number = numbers[place];
                if (number == UNKNOWN) {
                    number = number(selected.apply(ofClass.first(piece) + place));
                    ofClass.set(ofClass.first(piece) + place, number);
                }
                if (rows.get(number) == null) {
                    rows.set(number, make.apply(all.get(number)));
                    handedOut = null;
                }
            }
        }
        whole = true;
        LastingRow[] made = handedOut == null ? rows.toArray(LastingRow[]::new) : handedOut;
        handedOut = made;
        return new SelectedRows(ofClass, made);
    }

    /**
     * The same policies selecting the classes of a later state; these are not to be asked after it.
     *
     * @param renamed whether the names that classes have for ports are to be read again
     */
    Selections later(Step step, Change change, boolean renamed) {
        int known = all.size();
        for (int number = 0; number < known; number++) {
            if (all.get(number).policies.intersects(change.others)) {
                rows.set(number, null);
                whole = false;
            }
        }
        PeerNumbers later = ofClass.later(step.since());
        if (!renamed && change.selecting.isEmpty()) {
            return new Selections(this, later);
        }
        Topology topology = step.topology();
        Reselection reselection = new Reselection(change.selecting);
        for (int piece = 0; piece < later.pieces(); piece++) {
            int[] numbers = later.piece(piece);
            for (int place = 0; place < numbers.length; place++) {
                int c = later.first(piece) + place;
                int number = numbers[place];
                if (number == UNKNOWN) {
                    continue;
                }
                int now = reselection.of(number, c);
                if (renamed) {
                    now = number(new Selected(
                            all.get(now).policies, topology.classes().get(c).ports()));
                }
                if (now != number) {
                    later.set(c, now);
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
