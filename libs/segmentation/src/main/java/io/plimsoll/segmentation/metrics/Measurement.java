package io.plimsoll.segmentation.metrics;

import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.Verdict;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts over kinds of workloads: those with the same classes are one kind. One thread. */
final class Measurement {

    private static final int POINTS = PortSet.ALL.size();

    private final ClassGraph graph;
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
        Topology topology = graph.topology();
        Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
        List<Long> workloads = new ArrayList<>();
        List<Long> pods = new ArrayList<>();
        boolean running = PodCounts.anyRuns(topology.workloads());
        for (int w = 0; w < topology.workloads().size(); w++) {
            List<Integer> classes = topology.classesOf().get(w);
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
        for (int source = 0; source < kinds.size(); source++) {
            BitSet row = new BitSet(kinds.size());
            for (int destination = 0; destination < kinds.size(); destination++) {
                count(source, destination, row);
            }
            reached.add(row);
        }
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

    private void count(int source, int destination, BitSet row) {
        boolean same = source == destination;
        long between = workloadsOf[source] * (workloadsOf[destination] - (same ? 1 : 0));
        long podsBetween = podsOf[source] * (podsOf[destination] - (same ? 1 : 0));
        pairs += between;
        podPairs += Math.max(0, podsBetween);
        Verdict verdict = verdict(source, destination);
        if (!verdict.possible().isEmpty()) {
            allowedHigh += between;
            podsHigh += Math.max(0, podsBetween);
            pointsHigh += (double) between * verdict.possible().size();
        }
        if (!verdict.allowed().isEmpty()) {
            allowedLow += between;
            podsLow += Math.max(0, podsBetween);
            pointsLow += (double) between * verdict.allowed().size();
            everyPort += verdict.allowed().isAll() ? between : 0;
            row.set(destination);
        }
    }

    private Verdict verdict(int source, int destination) {
        Verdict verdict = Verdict.CLOSED;
        for (int s : kinds.get(source)) {
            for (int d : kinds.get(destination)) {
                verdict = verdict.or(graph.between(s, d));
            }
        }
        return verdict;
    }

    private long outside(boolean sending) {
        long open = 0;
        for (int kind = 0; kind < kinds.size(); kind++) {
            boolean any = false;
            for (int range = 0; range < graph.topology().ranges().size() && !any; range++) {
                for (int c : kinds.get(kind)) {
                    Verdict verdict = sending ? graph.toRange(c, range) : graph.fromRange(range, c);
                    any |= !verdict.allowed().isEmpty();
                }
            }
            open += any ? workloadsOf[kind] : 0;
        }
        return open;
    }

    /** What each kind reaches over any number of hops, itself among it when it comes back. */
    private List<BitSet> closure() {
        List<BitSet> closures = new ArrayList<>(reached);
        BitSet done = new BitSet();
        for (int kind = 0; kind < kinds.size(); kind++) {
            BitSet found = (BitSet) reached.get(kind).clone();
            BitSet expanded = new BitSet();
            for (int next = first(found, expanded); next >= 0; next = first(found, expanded)) {
                expanded.set(next);
                found.or(closures.get(next));
                if (done.get(next)) {
                    // What it reaches is whole already: nothing behind it is new.
                    expanded.or(closures.get(next));
                }
            }
            closures.set(kind, found);
            done.set(kind);
        }
        return closures;
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
        int at = 0;
        for (int kind = 0; kind < kinds.size(); kind++) {
            long reaches = 0;
            for (int d = rows.get(kind).nextSetBit(0);
                    d >= 0;
                    d = rows.get(kind).nextSetBit(d + 1)) {
                reaches += workloadsOf[d] - (d == kind ? 1 : 0);
            }
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
