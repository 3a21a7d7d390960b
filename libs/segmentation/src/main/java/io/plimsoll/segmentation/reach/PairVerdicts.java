package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The verdicts of one class with all others, row by row, as numbers of a table: what it costs is one look-up for each pair. What
 * sides let in is worked out for a block of sources at once: asked in the order of the classes, each block is met once. Each
 * thread has one of its own; the sides it reads are shared.
 */
public final class PairVerdicts {

    /** Sources in a block: a word of a row. */
    public static final int BLOCK = 64;

    private final Map<Verdict, Integer> numbers = new HashMap<>();

    private final List<Verdict> verdicts = new ArrayList<>();
    private final ClassGraph graph;
    private final int classes;
    private final int[] receiving;
    private final Side[] sides;
    /** For each source of the block the number of what each side lets in from it. */
    private final int[][] received;

    /** For each side the numbers of its slots, -1 where not asked yet; empty for a side of which none was. */
    private final int[][] numbersOfSlots;

    private int blockFirst = -1;
    private final Map<Side, int[]> sent = new IdentityHashMap<>(1);
    private final boolean[] host;
    private final byte[] families;
    private int[] both = {};
    private int[] either = {};
    private int capacity;

    public PairVerdicts(ClassGraph graph) {
        this.graph = graph;
        this.classes = graph.topology().classes().size();
        this.receiving = new int[classes];
        this.host = new boolean[classes];
        this.families = new byte[classes];
        Map<Side, Integer> known = new IdentityHashMap<>();
        List<Side> distinct = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            PodClass pod = graph.topology().classes().get(c);
            host[c] = pod.host();
            families[c] = (byte) pod.location()
                    .map(at -> at.family().ordinal() + 1)
                    .orElse(0)
                    .intValue();
            Side side = graph.side(c, Direction.INGRESS);
            Integer number = known.get(side);
            if (number == null) {
                number = distinct.size();
                known.put(side, number);
                distinct.add(side);
            }
            receiving[c] = number;
        }
        this.sides = distinct.toArray(Side[]::new);
        this.received = new int[BLOCK][sides.length];
        this.numbersOfSlots = new int[sides.length][0];
    }

    /** The verdict behind a number. */
    public Verdict verdict(int number) {
        return verdicts.get(number);
    }

    /** How many verdicts were met so far. */
    public int size() {
        return verdicts.size();
    }

    /** Fills in, for each destination, the number of the verdict that pods of one class have with it. */
    public void row(int source, int[] row) {
        Side egress = graph.side(source, Direction.EGRESS);
        int[] slots = sent.get(egress);
        if (slots == null) {
            sent.clear();
            slots = egress.slots(0, classes);
            sent.put(egress, slots);
        }
        int slotCount = egress.slots();
        int[] ofSlot = new int[slotCount];
        Arrays.fill(ofSlot, -1);
        receive(source / BLOCK * BLOCK);
        int[] fromHere = received[source - blockFirst];
        PodClass from = graph.topology().classes().get(source);
        int closed = number(Verdict.CLOSED);
        for (int d = 0; d < classes; d++) {
            if (from.host() || host[d]) {
                row[d] = number(graph.between(source, d));
            } else if (families[source] != 0 && families[d] != 0 && families[source] != families[d]) {
                row[d] = closed;
            } else {
                int sentNumber = ofSlot[slots[d]];
                if (sentNumber < 0) {
                    sentNumber = number(egress.inSlot(slots[d]));
                    ofSlot[slots[d]] = sentNumber;
                }
                row[d] = both(sentNumber, fromHere[receiving[d]]);
            }
        }
    }

    private void receive(int first) {
        if (blockFirst == first) {
            return;
        }
        blockFirst = first;
        int size = Math.min(BLOCK, classes - first);
        for (int i = 0; i < sides.length; i++) {
            int[] slots = sides[i].slots(first, size);
            int[] known = numbersOfSlots[i];
            if (known.length == 0) {
                known = new int[sides[i].slots()];
                Arrays.fill(known, -1);
                numbersOfSlots[i] = known;
            }
            for (int s = 0; s < size; s++) {
                int number = known[slots[s]];
                if (number < 0) {
                    number = number(sides[i].inSlot(slots[s]));
                    known[slots[s]] = number;
                }
                received[s][i] = number;
            }
        }
    }

    /** The number of what one or the other lets pass. */
    public int either(int one, int other) {
        if (one == other) {
            return one;
        }
        int known = either[one * capacity + other];
        if (known == 0) {
            known = number(verdicts.get(one).or(verdicts.get(other))) + 1;
            either[one * capacity + other] = known;
        }
        return known - 1;
    }

    private int both(int one, int other) {
        int known = both[one * capacity + other];
        if (known == 0) {
            // Asked before the table is: a new number may make it larger.
            known = number(verdicts.get(one).and(verdicts.get(other))) + 1;
            both[one * capacity + other] = known;
        }
        return known - 1;
    }

    /** The number of a verdict; it stays. */
    public int number(Verdict verdict) {
        Integer number = numbers.get(verdict);
        if (number == null) {
            number = verdicts.size();
            numbers.put(verdict, number);
            verdicts.add(verdict);
            if (verdicts.size() > capacity) {
                capacity = Math.max(64, capacity * 2);
                both = new int[capacity * capacity];
                either = new int[capacity * capacity];
            }
        }
        return number;
    }
}
