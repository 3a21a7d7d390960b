package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The verdicts of one class with others, row by row, as numbers of a table: what it costs is one look-up for each pair. Sources that
 * receivers see alike ({@link Fold#sourceAs}) cost least one after the other. Each thread has one of its own; the sides it reads are shared.
 */
public final class PairVerdicts {

    /** What sides send is kept for those asked last, as far as there is room for so many verdicts. */
    private static final int SENT_MAX = 10_000_000;

    /** Verdicts of what is said of the sources that are asked for next. */
    private static final int RECEIVED_MAX = 2_000_000;

    /** Larger tables of what is sent and received are not made. */
    private static final int CELLS_MAX = 250_000;

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

    /** Places of destinations on the host's network, and of the others. */
    private final int[] hosts;

    private final int[] others;

    /** By family of addresses, the places of destinations that have an address of another one alone; nothing for what has none. */
    private final int[][] apart;

    /** By how receivers see a source, what their sides say of it, for those that are asked for next. */
    private final Map<Integer, Said> received = new HashMap<>();

    private final Map<Integer, Said> sent = new LinkedHashMap<>(16, 0.75f, true);

    private final MetVerdicts both = new MetVerdicts();

    private final MetVerdicts either = new MetVerdicts();
    private int[] perhaps = new int[64];

    /** For what one source sends and what receivers say of it, the number of both and 1: of few verdicts, so that it stays at hand. */
    private int[] met = {};

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
        this.receiving = new int[destinations.length];
        this.seen = new int[destinations.length];
        for (int i = 0; i < destinations.length; i++) {
            receiving[i] = fold.side(destinations[i], Direction.INGRESS);
            seen[i] = fold.flank(Direction.EGRESS).placeOf(destinations[i]);
        }
        this.hosts = places(PodClass::host);
        this.others = places(pod -> !pod.host());
        this.apart = new int[AddressFamily.values().length + 1][];
        apart[0] = new int[0];
        for (int family = 1; family < apart.length; family++) {
            int from = family;
            apart[family] = places(pod -> family(pod) != 0 && family(pod) != from);
        }
    }

    private int[] places(Predicate<PodClass> are) {
        List<PodClass> classes = graph.topology().classes();
        return IntStream.range(0, destinations.length)
                .filter(place -> are.test(classes.get(destinations[place])))
                .toArray();
    }

    /** 0 for a class that may have addresses of any. */
    private static int family(PodClass pod) {
        return pod.location().map(at -> at.family().ordinal() + 1).orElse(0);
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
     * Says which rows are asked for next, in which order: they cost less together than one by one. Of many it takes the first ones, as far as there
     * is room.
     */
    public void expect(int[] sources) {
        int room = Math.max(1, RECEIVED_MAX / Math.max(1, fold.sides(Direction.INGRESS)));
        Map<Integer, Integer> asked = new LinkedHashMap<>();
        for (int i = 0; i < sources.length && asked.size() < room; i++) {
            if (!received.containsKey(fold.sourceAs(sources[i]))) {
                asked.putIfAbsent(fold.sourceAs(sources[i]), sources[i]);
            }
        }
        Set<Integer> still = new HashSet<>();
        Arrays.stream(sources).map(fold::sourceAs).forEach(still::add);
        received.keySet().retainAll(still);
        Said[] numbers = ingress.ofPeers(
                asked.values().stream().mapToInt(Integer::intValue).toArray());
        int place = 0;
        for (int seenAs : asked.keySet()) {
            received.put(seenAs, numbers[place++]);
        }
    }

    private Said received(int source) {
        if (!received.containsKey(fold.sourceAs(source))) {
            expect(new int[] {source});
        }
        return Objects.requireNonNull(received.get(fold.sourceAs(source)));
    }

    /**
     * Fills in, for each destination, the number of the verdict that pods of one class have with it.
     *
     * @param row one place for each destination
     */
    public void row(int source, int[] row) {
        PodClass from = graph.topology().classes().get(source);
        Said sentHere = sent(fold.side(source, Direction.EGRESS));
        Said receivedHere = received(source);
        if ((long) sentHere.different() * receivedHere.different() <= CELLS_MAX) {
            byTable(sentHere, receivedHere, row);
        } else {
            for (int i = 0; i < row.length; i++) {
                row[i] = both(sentHere.number(seen[i]), receivedHere.number(receiving[i]));
            }
        }
        // What one pod on the host's network and one that is not may exchange passes for certain on their node alone.
        for (int place : from.host() ? others : hosts) {
            row[place] = perhaps(row[place]);
        }
        int closed = number(Verdict.CLOSED);
        for (int place : apart[family(from)]) {
            row[place] = closed;
        }
    }

    private void byTable(Said sentHere, Said receivedHere, int[] row) {
        int width = receivedHere.different();
        int cells = sentHere.different() * width;
        if (cells > met.length) {
            met = new int[cells * 2];
        }
        Arrays.fill(met, 0, cells, 0);
        for (int i = 0; i < row.length; i++) {
            int cell = sentHere.place(seen[i]) * width + receivedHere.place(receiving[i]);
            int known = met[cell];
            if (known == 0) {
                known = both(sentHere.number(seen[i]), receivedHere.number(receiving[i])) + 1;
                met[cell] = known;
            }
            row[i] = known - 1;
        }
    }

    private Said sent(int side) {
        Said known = sent.get(side);
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
        int known = either.of(one, other);
        return known >= 0
                ? known
                : either.put(one, other, number(verdicts.get(one).or(verdicts.get(other))));
    }

    private int both(int one, int other) {
        int known = both.of(one, other);
        return known >= 0
                ? known
                : both.put(one, other, number(verdicts.get(one).and(verdicts.get(other))));
    }

    /** The number of what is certain of a verdict, where all the rest may pass as well. */
    private int perhaps(int number) {
        while (number >= perhaps.length) {
            perhaps = Arrays.copyOf(perhaps, perhaps.length * 2);
        }
        if (perhaps[number] == 0) {
            perhaps[number] = number(new Verdict(verdicts.get(number).allowed(), PortSet.ALL)) + 1;
        }
        return perhaps[number] - 1;
    }

    /** The number of a verdict; it stays. */
    public int number(Verdict verdict) {
        Integer number = numbers.get(verdict);
        if (number == null) {
            number = verdicts.size();
            numbers.put(verdict, number);
            verdicts.add(verdict);
        }
        return number;
    }
}
