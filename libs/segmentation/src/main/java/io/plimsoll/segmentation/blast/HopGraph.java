package io.plimsoll.segmentation.blast;

import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.PairVerdicts;
import io.plimsoll.segmentation.reach.Verdict;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who reaches whom in one hop, on any port, by kinds of workloads: those with the same classes of pods are one kind. Workloads are numbered
 * as in the topology. Immutable once built, any thread.
 */
public final class HopGraph {

    /** A row for each kind is kept: with more kinds than this they would not fit. */
    public static final int KINDS_MAX = 20_000;

    private final Topology topology;
    private final List<int[]> classes = new ArrayList<>();
    private final List<List<Integer>> members = new ArrayList<>();
    private final int[] kindOf;
    private final BitSet[] certain;
    private final BitSet[] possible;

    /** @throws IllegalArgumentException when there are more than {@link #KINDS_MAX} kinds of workloads */
    public HopGraph(ClassGraph graph) {
        this.topology = graph.topology();
        this.kindOf = new int[topology.workloads().size()];
        Arrays.fill(kindOf, -1);
        Map<List<Integer>, Integer> numbers = new LinkedHashMap<>();
        for (int w = 0; w < kindOf.length; w++) {
            List<Integer> mine = topology.classesOf().get(w);
            if (mine.isEmpty()) {
                continue;
            }
            int kind = numbers.computeIfAbsent(mine, unused -> classes.size());
            if (kind == classes.size()) {
                classes.add(mine.stream().mapToInt(Integer::intValue).toArray());
                members.add(new ArrayList<>());
            }
            members.get(kind).add(w);
            kindOf[w] = kind;
        }
        if (classes.size() > KINDS_MAX) {
            throw new IllegalArgumentException("more than " + KINDS_MAX + " kinds of workloads: " + classes.size());
        }
        this.certain = new BitSet[classes.size()];
        this.possible = new BitSet[classes.size()];
        fill(graph);
    }

    /** Rows in the order of the classes, so that each block of sources is met once. */
    private void fill(ClassGraph graph) {
        PairVerdicts verdicts = new PairVerdicts(graph);
        int[] numbers = new int[topology.classes().size()];
        int[] row = new int[classes.size()];
        List<Integer> order = new ArrayList<>();
        for (int kind = 0; kind < classes.size(); kind++) {
            order.add(kind);
        }
        order.sort(Comparator.comparing(kind -> classes.get(kind)[0]));
        for (int source : order) {
            Arrays.fill(row, verdicts.number(Verdict.CLOSED));
            for (int s : classes.get(source)) {
                verdicts.row(s, numbers);
                for (int kind = 0; kind < row.length; kind++) {
                    for (int d : classes.get(kind)) {
                        row[kind] = verdicts.either(row[kind], numbers[d]);
                    }
                }
            }
            certain[source] = new BitSet(row.length);
            possible[source] = new BitSet(row.length);
            for (int kind = 0; kind < row.length; kind++) {
                Verdict verdict = verdicts.verdict(row[kind]);
                certain[source].set(kind, !verdict.allowed().isEmpty());
                possible[source].set(kind, !verdict.possible().isEmpty());
            }
        }
    }

    public Topology topology() {
        return topology;
    }

    int kinds() {
        return classes.size();
    }

    /** The workloads of a kind, at least one. */
    List<Integer> members(int kind) {
        return members.get(kind);
    }

    /** The kind of a workload; -1 where it has no pods. */
    int kindOf(int workload) {
        return kindOf[workload];
    }

    /** The kinds that a kind reaches; itself when its pods reach each other. */
    private BitSet row(int kind, boolean sure) {
        return sure ? certain[kind] : possible[kind];
    }

    boolean reaches(int source, int destination, boolean sure) {
        return kindOf[source] >= 0
                && kindOf[destination] >= 0
                && row(kindOf[source], sure).get(kindOf[destination]);
    }

    /** How many workloads of all a kind reaches in one hop, the members of the kind itself among them. */
    long degree(int kind, boolean sure) {
        return row(kind, sure).stream()
                .mapToLong(each -> members.get(each).size())
                .sum();
    }

    /**
     * Everything that is reached from some workloads.
     *
     * @param notThrough workloads that are reached, but not passed through; a start is left all the same
     * @param sure whether only hops count of which it is certain
     */
    Tree from(BitSet starts, BitSet notThrough, boolean sure) {
        int workloads = kindOf.length;
        int[] hops = new int[workloads];
        int[] before = new int[workloads];
        Arrays.fill(hops, -1);
        Arrays.fill(before, -1);
        BitSet expanded = new BitSet(classes.size());
        BitSet filled = new BitSet(classes.size());
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        starts.stream().filter(start -> kindOf[start] >= 0).forEach(start -> {
            hops[start] = 0;
            queue.add(start);
        });
        while (!queue.isEmpty()) {
            int here = queue.remove();
            int kind = kindOf[here];
            if (expanded.get(kind) || hops[here] > 0 && notThrough.get(here)) {
                continue;
            }
            expanded.set(kind);
            BitSet fresh = (BitSet) row(kind, sure).clone();
            fresh.andNot(filled);
            for (int next = fresh.nextSetBit(0); next >= 0; next = fresh.nextSetBit(next + 1)) {
                filled.set(next);
                for (int workload : members.get(next)) {
                    if (hops[workload] < 0) {
                        hops[workload] = hops[here] + 1;
                        before[workload] = here;
                        queue.add(workload);
                    }
                }
            }
        }
        return new Tree(hops, before);
    }

    /**
     * Who is reached, and by whom first.
     *
     * @param hops for each workload the fewest hops to it; 0 for a start, -1 where it is not reached
     * @param before for each workload the one before it on a shortest way; -1 for a start, and where it is not reached
     */
    record Tree(int[] hops, int[] before) {

        boolean reaches(int workload) {
            return hops[workload] >= 0;
        }

        /** From the start to a workload that is reached, both among them. */
        List<Integer> way(int workload) {
            List<Integer> way = new ArrayList<>();
            for (int here = workload; here >= 0; here = before[here]) {
                way.addFirst(here);
            }
            return way;
        }

        /** How many are reached in at least one hop and at most so many. */
        long count(int hopsMax) {
            return Arrays.stream(hops)
                    .filter(each -> each > 0 && each <= hopsMax)
                    .count();
        }

        /** The same of some workloads only. */
        long count(int hopsMax, BitSet counted) {
            return counted.stream()
                    .filter(workload -> hops[workload] > 0 && hops[workload] <= hopsMax)
                    .count();
        }
    }
}
