package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The verdicts of one class with others, row by row, as numbers of a table: what it costs is one look-up for each pair. Sources that
 * receivers see alike ({@link Fold#sourceAs}) cost least one after the other. Each thread has one of its own; the sides it reads are shared.
 */
public final class PairVerdicts {

    /** What sides send is kept for the last so many, as far as there is room. */
    private static final int SENT_MAX = 4_000_000;

    private final ClassGraph graph;
    private final Fold fold;
    private final int[] destinations;
    private final Map<Verdict, Integer> numbers = new HashMap<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final SideNumbers ingress;
    private final SideNumbers egress;

    /** For each destination the side that decides what it receives. */
    private final int[] receiving;

    /** For each destination the kind that senders see. */
    private final int[] seen;

    private final boolean[] host;
    private final byte[] families;

    /** Whether some destination has an address of one family, so that not all can meet. */
    private final boolean apart;

    private final int[] received;
    private int receivedFrom = -1;
    private final Map<Integer, int[]> sent = new LinkedHashMap<>();
    private int[] both = {};
    private int[] either = {};
    private int capacity;

    /** With all classes as destinations. */
    public PairVerdicts(ClassGraph graph) {
        this(graph, IntStream.range(0, graph.topology().classes().size()).toArray());
    }

    /** @param destinations the classes that rows are about, in their order */
    public PairVerdicts(ClassGraph graph, int[] destinations) {
        this.graph = graph;
        this.fold = graph.fold();
        this.destinations = destinations.clone();
        this.ingress = new SideNumbers(fold.flank(Direction.INGRESS), this::number);
        this.egress = new SideNumbers(fold.flank(Direction.EGRESS), this::number);
        this.received = new int[fold.sides(Direction.INGRESS)];
        this.receiving = new int[destinations.length];
        this.seen = new int[destinations.length];
        this.host = new boolean[destinations.length];
        this.families = new byte[destinations.length];
        boolean located = false;
        for (int i = 0; i < destinations.length; i++) {
            PodClass pod = graph.topology().classes().get(destinations[i]);
            receiving[i] = fold.side(destinations[i], Direction.INGRESS);
            seen[i] = fold.flank(Direction.EGRESS).placeOf(destinations[i]);
            host[i] = pod.host();
            families[i] = family(pod);
            located |= families[i] != 0;
        }
        this.apart = located;
    }

    private static byte family(PodClass pod) {
        return (byte)
                pod.location().map(at -> at.family().ordinal() + 1).orElse(0).intValue();
    }

    /** The verdict behind a number. */
    public Verdict verdict(int number) {
        return verdicts.get(number);
    }

    /** How many verdicts were met so far. */
    public int size() {
        return verdicts.size();
    }

    /**
     * Fills in, for each destination, the number of the verdict that pods of one class have with it.
     *
     * @param row one place for each destination
     */
    public void row(int source, int[] row) {
        PodClass from = graph.topology().classes().get(source);
        int[] sentHere = sent(fold.side(source, Direction.EGRESS));
        if (receivedFrom != fold.sourceAs(source)) {
            receivedFrom = fold.sourceAs(source);
            ingress.of(source, received);
        }
        for (int i = 0; i < row.length; i++) {
            row[i] = both(sentHere[seen[i]], received[receiving[i]]);
        }
        correct(source, from, row);
    }

    /** Pods on the host's network, and pods that have no address in common, are apart from the rest. */
    private void correct(int source, PodClass from, int[] row) {
        byte family = family(from);
        int closed = number(Verdict.CLOSED);
        for (int i = 0; i < row.length; i++) {
            if (from.host() || host[i]) {
                row[i] = number(graph.between(source, destinations[i]));
            } else if (apart && family != 0 && families[i] != 0 && families[i] != family) {
                row[i] = closed;
            }
        }
    }

    private int[] sent(int side) {
        int[] known = sent.get(side);
        if (known == null) {
            if ((sent.size() + 1L) * fold.flank(Direction.EGRESS).seen() > SENT_MAX && !sent.isEmpty()) {
                sent.remove(sent.keySet().iterator().next());
            }
            known = egress.of(side);
            sent.put(side, known);
        }
        return known;
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
