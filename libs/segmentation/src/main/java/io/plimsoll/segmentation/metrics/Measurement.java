package io.plimsoll.segmentation.metrics;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.Fold;
import io.plimsoll.segmentation.reach.PairVerdicts;
import io.plimsoll.segmentation.reach.Verdict;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Counts over kinds of workloads: those whose pods differ in nothing are one kind. One thread. */
final class Measurement {

    private static final int POINTS = PortSet.ALL.size();

    /** Sources are shared out among at most so many threads, and only where there are many. */
    private static final int THREADS = 2;

    private static final int PARALLEL_MIN = 500;

    /** Kinds that one thread takes at once. */
    private static final int BLOCK = 64;

    private final ClassGraph graph;
    private final Fold fold;

    /** For each kind what its classes are folded into, ascending. */
    private final List<List<Integer>> kinds = new ArrayList<>();

    private long[] workloadsOf = {};
    private long[] podsOf = {};

    private long pairs;
    private long podPairs;
    private long allowedLow;
    private long allowedHigh;
    private long everyPort;
    private double podsLow;
    private double podsHigh;
    private double pointsLow;
    private double pointsHigh;
    private final List<BitSet> reached = new ArrayList<>();

    Measurement(ClassGraph graph) {
        this.graph = graph;
        this.fold = graph.fold();
        Topology topology = graph.topology();
        Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
        List<Long> workloads = new ArrayList<>();
        List<Long> pods = new ArrayList<>();
        boolean running = PodCounts.anyRuns(topology.workloads());
        for (int w = 0; w < topology.workloads().size(); w++) {
            List<Integer> classes = topology.classesOf().get(w).stream()
                    .map(fold::of)
                    .distinct()
                    .sorted()
                    .toList();
            if (classes.isEmpty()) {
                continue;
            }
            int kind = numbers.computeIfAbsent(classes, unused -> kinds.size());
            if (kind == kinds.size()) {
                kinds.add(classes);
                workloads.add(0L);
                pods.add(0L);
            }
            workloads.set(kind, workloads.get(kind) + 1);
            pods.set(kind, pods.get(kind) + PodCounts.total(topology.workloads().get(w), running));
        }
        workloadsOf = workloads.stream().mapToLong(Long::longValue).toArray();
        podsOf = pods.stream().mapToLong(Long::longValue).toArray();
    }

    SegmentationMetrics metrics(PodsSelected selected) {
        countPairs();
        double points = (double) pairs * POINTS;
        return new SegmentationMetrics(
                sum(workloadsOf),
                sum(podsOf),
                selected,
                pairs,
                new Bounds(allowedLow, allowedHigh),
                everyPort,
                Share.closed(allowedLow, allowedHigh, pairs),
                Share.closed(podsLow, podsHigh, podPairs),
                Share.closed(pointsLow, pointsHigh, points),
                points == 0 ? 0 : Math.round((pointsHigh - pointsLow) / points * 1e6) / 1e6,
                outside(false),
                outside(true),
                Spread.of(spread(reached)),
                Spread.of(spread(closure())));
    }

    /** What one thread counted. */
    private static final class Tally {
        private long pairs;
        private long podPairs;
        private long allowedLow;
        private long allowedHigh;
        private long everyPort;
        private double podsLow;
        private double podsHigh;
        private double pointsLow;
        private double pointsHigh;

        /** For each verdict met, 1 where something certainly passes. */
        private long[] reaches = {};

        private int known;

        /** Of one source, by verdict, in two parts that are added up apart; all 0 between sources. */
        private long[] workloads = {};

        private long[] pods = {};

        void makeRoom(PairVerdicts verdicts) {
            if (verdicts.size() > reaches.length) {
                reaches = Arrays.copyOf(reaches, verdicts.size() * 2);
                workloads = new long[reaches.length * 2];
                pods = new long[reaches.length * 2];
            }
            for (; known < verdicts.size(); known++) {
                reaches[known] = verdicts.verdict(known).allowed().isEmpty() ? 0 : 1;
            }
        }

        /** Adds what one source has with all others. */
        void addAll(PairVerdicts verdicts, long ofWorkloads, long ofPods) {
            for (int number = 0; number < known; number++) {
                long between = workloads[number * 2] + workloads[number * 2 + 1];
                long podsBetween = pods[number * 2] + pods[number * 2 + 1];
                if (between != 0 || podsBetween != 0) {
                    add(verdicts.verdict(number), ofWorkloads * between, ofPods * podsBetween);
                }
            }
            Arrays.fill(workloads, 0);
            Arrays.fill(pods, 0);
        }

        private void add(Verdict verdict, long between, long podsBetween) {
            pairs += between;
            podPairs += podsBetween;
            if (!verdict.possible().isEmpty()) {
                allowedHigh += between;
                podsHigh += podsBetween;
                pointsHigh += (double) between * verdict.possible().size();
            }
            if (!verdict.allowed().isEmpty()) {
                allowedLow += between;
                podsLow += podsBetween;
                pointsLow += (double) between * verdict.allowed().size();
                everyPort += verdict.allowed().isAll() ? between : 0;
            }
        }
    }

    private void countPairs() {
        int[][] members = kinds.stream()
                .map(classes -> classes.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        int threads = kinds.size() < PARALLEL_MIN ? 1 : THREADS;
        int[] representatives = fold.representatives();
        // Sources that receivers see alike follow each other.
        int[] order = IntStream.range(0, kinds.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingInt(kind -> fold.sourceAs(representatives[members[kind][0]]))
                        .thenComparingInt(kind -> fold.side(representatives[members[kind][0]], Direction.EGRESS)))
                .mapToInt(Integer::intValue)
                .toArray();
        BitSet[] rows = new BitSet[kinds.size()];
        List<Tally> tallies = IntStream.range(0, threads)
                .parallel()
                .mapToObj(thread -> countPairs(thread, threads, rows, members, order))
                .toList();
        for (Tally tally : tallies) {
            pairs += tally.pairs;
            podPairs += tally.podPairs;
            allowedLow += tally.allowedLow;
            allowedHigh += tally.allowedHigh;
            everyPort += tally.everyPort;
            podsLow += tally.podsLow;
            podsHigh += tally.podsHigh;
            pointsLow += tally.pointsLow;
            pointsHigh += tally.pointsHigh;
        }
        Map<BitSet, BitSet> shared = new HashMap<>();
        for (BitSet row : rows) {
            reached.add(shared.computeIfAbsent(row, same -> same));
        }
    }

    /** Every so many-th block of sources, so that threads have equal shares and write rows of their own. */
    private Tally countPairs(int thread, int threads, BitSet[] rows, int[][] members, int[] order) {
        Tally tally = new Tally();
        int[] folded = fold.representatives();
        // Where each kind is of one class, as most are where many differ, rows are made of kinds at once.
        boolean single = Arrays.stream(members).allMatch(classes -> classes.length == 1);
        int[] representatives = single
                ? Arrays.stream(members).mapToInt(classes -> folded[classes[0]]).toArray()
                : folded;
        PairVerdicts verdicts = new PairVerdicts(graph, representatives);
        int[] numbers = new int[representatives.length];
        int[] ofKinds = new int[kinds.size()];
        for (int at = 0; at < order.length; at++) {
            int source = order[at];
            if (at / BLOCK % threads == thread) {
                if (single && at % BLOCK == 0) {
                    verdicts.expect(Arrays.stream(order, at, Math.min(order.length, at + BLOCK))
                            .map(next -> representatives[next])
                            .toArray());
                }
                if (single) {
                    verdicts.row(representatives[source], ofKinds);
                } else {
                    fill(source, members, representatives, verdicts, numbers, ofKinds);
                }
                rows[source] = count(source, ofKinds, verdicts, tally);
            }
        }
        return tally;
    }

    /** For each kind the number of the verdict that a source has with it: what any of its pods may. */
    private static void fill(
            int source, int[][] members, int[] representatives, PairVerdicts verdicts, int[] numbers, int[] ofKinds) {
        Arrays.fill(ofKinds, verdicts.number(Verdict.CLOSED));
        for (int s : members[source]) {
            verdicts.row(representatives[s], numbers);
            boolean first = s == members[source][0];
            for (int destination = 0; destination < ofKinds.length; destination++) {
                int[] there = members[destination];
                if (first && there.length == 1) {
                    ofKinds[destination] = numbers[there[0]];
                    continue;
                }
                for (int d : there) {
                    ofKinds[destination] = verdicts.either(ofKinds[destination], numbers[d]);
                }
            }
        }
    }

    /** Adds up a source's pairs by verdict, of which there are few; the kinds it certainly reaches. */
    private BitSet count(int source, int[] ofKinds, PairVerdicts verdicts, Tally tally) {
        tally.makeRoom(verdicts);
        // A bit instead of a question: which verdict comes next is not to be foreseen.
        long[] reaches = tally.reaches;
        // Neighbours, which often have the same verdict, are added up apart: neither waits for the other's sum.
        long[] workloads = tally.workloads;
        long[] pods = tally.pods;
        long[] words = new long[(ofKinds.length + Long.SIZE - 1) / Long.SIZE];
        for (int destination = 0; destination < ofKinds.length; destination++) {
            int number = ofKinds[destination];
            int place = number * 2 + (destination & 1);
            workloads[place] += workloadsOf[destination];
            pods[place] += podsOf[destination];
            words[destination / Long.SIZE] |= reaches[number] << destination;
        }
        workloads[ofKinds[source] * 2]--;
        pods[ofKinds[source] * 2]--;
        tally.addAll(verdicts, workloadsOf[source], podsOf[source]);
        return BitSet.valueOf(words);
    }

    /** Workloads of which some pod may exchange something with some address outside: sides with the same answer are asked once. */
    private long outside(boolean sending) {
        Direction direction = sending ? Direction.EGRESS : Direction.INGRESS;
        int[] representatives = fold.representatives();
        Boolean[] known = new Boolean[fold.sides(direction)];
        long open = 0;
        for (int kind = 0; kind < kinds.size(); kind++) {
            boolean any = false;
            for (int member : kinds.get(kind)) {
                int pod = representatives[member];
                int side = fold.side(pod, direction);
                if (known[side] == null) {
                    known[side] = IntStream.range(0, graph.topology().ranges().size())
                            .mapToObj(range -> sending ? graph.toRange(pod, range) : graph.fromRange(range, pod))
                            .anyMatch(verdict -> !verdict.allowed().isEmpty());
                }
                any |= known[side];
            }
            open += any ? workloadsOf[kind] : 0;
        }
        return open;
    }

    /** What each kind reaches over any number of hops, itself among it when it comes back. */
    private List<BitSet> closure() {
        List<BitSet> closures = new ArrayList<>(reached);
        BitSet done = new BitSet();
        Map<BitSet, BitSet> shared = new HashMap<>();
        // Kinds that reach the same in one hop, whose sets are the same one, reach the same in all.
        Map<BitSet, BitSet> ofRows = new IdentityHashMap<>();
        for (int kind : deepestFirst()) {
            BitSet row = reached.get(kind);
            BitSet found = ofRows.get(row);
            if (found == null) {
                BitSet all = behind(row, closures, done);
                found = shared.computeIfAbsent(all, same -> same);
                ofRows.put(row, found);
            }
            closures.set(kind, found);
            done.set(kind);
        }
        return closures;
    }

    /** All that is reached where one hop leads to a row; what is done already is asked first, as nothing behind it is new. */
    private static BitSet behind(BitSet row, List<BitSet> closures, BitSet done) {
        BitSet found = (BitSet) row.clone();
        BitSet expanded = new BitSet();
        BitSet whole = (BitSet) row.clone();
        whole.and(done);
        for (int next = first(whole, expanded); next >= 0; next = first(whole, expanded)) {
            expand(next, found, expanded, closures, done);
        }
        for (int next = first(found, expanded); next >= 0; next = first(found, expanded)) {
            expand(next, found, expanded, closures, done);
        }
        return found;
    }

    private static void expand(int next, BitSet found, BitSet expanded, List<BitSet> closures, BitSet done) {
        expanded.set(next);
        found.or(closures.get(next));
        if (done.get(next)) {
            // What it reaches is whole already: nothing behind it is new.
            expanded.or(closures.get(next));
        }
    }

    /** Kinds in an order in which what one reaches comes before it wherever there is no way back. */
    private int[] deepestFirst() {
        int[] order = new int[kinds.size()];
        int[] path = new int[kinds.size()];
        int ordered = 0;
        BitSet fresh = new BitSet();
        fresh.set(0, kinds.size());
        for (int root = fresh.nextSetBit(0); root >= 0; root = fresh.nextSetBit(root)) {
            int depth = 0;
            path[depth] = root;
            fresh.clear(root);
            while (depth >= 0) {
                BitSet next = (BitSet) reached.get(path[depth]).clone();
                next.and(fresh);
                if (next.isEmpty()) {
                    order[ordered++] = path[depth--];
                } else {
                    path[++depth] = next.nextSetBit(0);
                    fresh.clear(path[depth]);
                }
            }
        }
        return order;
    }

    private static int first(BitSet found, BitSet expanded) {
        int next = found.nextSetBit(0);
        while (next >= 0 && expanded.get(next)) {
            next = found.nextSetBit(expanded.nextClearBit(next));
        }
        return next;
    }

    /** Other workloads reached, for each workload. */
    private long[] spread(List<BitSet> rows) {
        long[] counts = new long[Math.toIntExact(sum(workloadsOf))];
        Map<BitSet, Long> known = new IdentityHashMap<>();
        int at = 0;
        for (int kind = 0; kind < kinds.size(); kind++) {
            BitSet row = rows.get(kind);
            long reaches = known.computeIfAbsent(
                            row,
                            set -> set.stream().mapToLong(d -> workloadsOf[d]).sum())
                    - (row.get(kind) ? 1 : 0);
            for (long w = 0; w < workloadsOf[kind]; w++) {
                counts[at++] = reaches;
            }
        }
        return counts;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
