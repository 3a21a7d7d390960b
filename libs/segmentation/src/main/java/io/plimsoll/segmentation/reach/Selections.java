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

    /** Whether it is known which policies select a class. */
    boolean isKnown(int subject) {
        return ofClass.at(subject) != UNKNOWN;
    }

    void put(int subject, Selected selected) {
        ofClass.set(subject, number(selected));
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

    /** The row of a class for which it is known. */
    LastingRow row(int subject, Function<Selected, LastingRow> make) {
        int number = ofClass.at(subject);
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
        BitSet free = new BitSet();
        change.selecting.keySet().forEach(free::set);
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
                    if (!free.isEmpty()) {
                        number = number(reselected(all.get(number), c, free, change.selecting));
                    }
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

    private static Selected reselected(Selected before, int subject, BitSet free, Map<Integer, BitSet> selecting) {
        BitSet policies = (BitSet) before.policies.clone();
        policies.andNot(free);
        selecting.forEach((policy, classes) -> {
            if (classes.get(subject)) {
                policies.set(policy);
            }
        });
        return new Selected(policies, before.names);
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
