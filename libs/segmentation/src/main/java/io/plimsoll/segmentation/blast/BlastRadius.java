package io.plimsoll.segmentation.blast;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.metrics.Bounds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Who is reached from whom in one hop and in any number of them. Immutable, any thread. */
public final class BlastRadius {

    /** So many kinds of workloads are tried as hubs: those that most come to and go on from. */
    private static final int HUBS_TRIED_MAX = 20;

    /** At most so many hubs are named. */
    public static final int HUBS_MAX = 10;

    private final HopGraph graph;
    private final Map<ResourceId, Integer> places = new HashMap<>();

    public BlastRadius(HopGraph graph) {
        this.graph = graph;
        for (int w = 0; w < graph.topology().workloads().size(); w++) {
            places.put(graph.topology().workloads().get(w).id(), w);
        }
    }

    /**
     * How far trouble in one workload spreads. {@code low} counts what is certainly reached, {@code high} what may be.
     *
     * @param oneHop other workloads reached directly
     * @param transitive other workloads reached over any number of hops
     */
    public record Radius(ResourceId workload, Bounds oneHop, Bounds transitive) {}

    /**
     * Workloads that others are reached through.
     *
     * @param workloads with the same pods to every policy, at least one
     * @param reachedBy other workloads that certainly reach them in one hop
     * @param reaches other workloads that they certainly reach in one hop
     * @param only ordered pairs of workloads of which one is certainly reached from the other, and is not without passing through here
     */
    public record Hub(List<ResourceId> workloads, long reachedBy, long reaches, long only) {
        public Hub {
            workloads = List.copyOf(workloads);
        }
    }

    /**
     * A workload that is reached.
     *
     * @param hops the fewest it takes, at least 1
     * @param certain whether every hop of such a way is certain
     * @param way the workloads on it, from the start to this one
     */
    public record Reached(ResourceId workload, int hops, boolean certain, List<ResourceId> way) {
        public Reached {
            way = List.copyOf(way);
        }
    }

    /**
     * The radius of each workload with pods, in the order of identity.
     *
     * @param notThrough workloads that are reached but not passed through
     * @throws IllegalArgumentException when one of them is not among the workloads analysed
     */
    public List<Radius> radii(Collection<ResourceId> notThrough) {
        return radii(notThrough, unused -> true);
    }

    /**
     * The same for somebody who may know of some workloads only: they alone have a radius, and they alone are counted. Ways lead through
     * all others too.
     *
     * @param known must not change
     * @throws IllegalArgumentException when one of those not passed through is not among the workloads analysed
     */
    public List<Radius> radii(Collection<ResourceId> notThrough, Predicate<ResourceId> known) {
        BitSet closed = places(notThrough);
        BitSet counted = new BitSet();
        for (int w = 0; w < graph.topology().workloads().size(); w++) {
            counted.set(w, known.test(id(w)));
        }
        Map<Integer, Radius> ofKind = new HashMap<>();
        List<Radius> radii = new ArrayList<>();
        for (int w = counted.nextSetBit(0); w >= 0; w = counted.nextSetBit(w + 1)) {
            int kind = graph.kindOf(w);
            if (kind >= 0) {
                int at = w;
                // From every workload of a kind that is counted the same number is reached, itself left out.
                Radius radius = ofKind.computeIfAbsent(kind, unused -> radius(at, closed, counted));
                radii.add(new Radius(id(w), radius.oneHop(), radius.transitive()));
            }
        }
        return radii;
    }

    private Radius radius(int workload, BitSet closed, BitSet counted) {
        HopGraph.Tree sure = graph.from(bit(workload), closed, true);
        HopGraph.Tree perhaps = graph.from(bit(workload), closed, false);
        return new Radius(
                id(workload),
                new Bounds(sure.count(1, counted), perhaps.count(1, counted)),
                new Bounds(sure.count(Integer.MAX_VALUE, counted), perhaps.count(Integer.MAX_VALUE, counted)));
    }

    /**
     * Whom one workload reaches, the nearest first, then in the order of identity.
     *
     * @throws IllegalArgumentException when one of the workloads is not among those analysed
     */
    public List<Reached> from(ResourceId workload, Collection<ResourceId> notThrough) {
        BitSet closed = places(notThrough);
        BitSet start = bit(place(workload));
        HopGraph.Tree sure = graph.from(start, closed, true);
        HopGraph.Tree perhaps = graph.from(start, closed, false);
        List<Reached> reached = new ArrayList<>();
        for (int w = 0; w < graph.topology().workloads().size(); w++) {
            HopGraph.Tree tree = sure.reaches(w) ? sure : perhaps;
            if (tree.hops()[w] > 0) {
                reached.add(new Reached(
                        id(w),
                        tree.hops()[w],
                        sure.reaches(w),
                        tree.way(w).stream().map(this::id).toList()));
            }
        }
        reached.sort(Comparator.comparing(Reached::hops).thenComparing(Reached::workload));
        return List.copyOf(reached);
    }

    /**
     * The workloads that most others are reached only through, the one with most of them first; none where nothing depends on one kind of
     * workload, as where everybody reaches everybody. Of those that most come to and go on from, {@value #HUBS_TRIED_MAX} are tried.
     */
    public List<Hub> hubs() {
        long[] in = new long[graph.kinds()];
        for (int source = 0; source < graph.kinds(); source++) {
            for (int kind = 0; kind < graph.kinds(); kind++) {
                if (graph.reaches(
                        graph.members(source).getFirst(), graph.members(kind).getFirst(), true)) {
                    in[kind] += graph.members(source).size() - (source == kind ? 1 : 0);
                }
            }
        }
        long whole = pairs(new BitSet());
        List<Integer> tried = new ArrayList<>();
        for (int kind = 0; kind < graph.kinds(); kind++) {
            if (in[kind] > 0 && degree(kind) > 0) {
                tried.add(kind);
            }
        }
        tried.sort(
                Comparator.comparing((Integer kind) -> -in[kind] * degree(kind)).thenComparing(kind -> kind));
        List<Hub> hubs = new ArrayList<>();
        for (int kind : tried.subList(0, Math.min(HUBS_TRIED_MAX, tried.size()))) {
            BitSet closed = new BitSet();
            graph.members(kind).forEach(closed::set);
            long only = whole - pairs(closed);
            if (only > 0) {
                hubs.add(new Hub(graph.members(kind).stream().map(this::id).toList(), in[kind], degree(kind), only));
            }
        }
        hubs.sort(Comparator.comparing((Hub hub) -> -hub.only())
                .thenComparing(hub -> hub.workloads().getFirst()));
        return List.copyOf(hubs.subList(0, Math.min(HUBS_MAX, hubs.size())));
    }

    private long degree(int kind) {
        int one = graph.members(kind).getFirst();
        return graph.degree(kind, true) - (graph.reaches(one, one, true) ? 1 : 0);
    }

    /** Ordered pairs of which one certainly reaches the other over any number of hops. */
    private long pairs(BitSet closed) {
        long pairs = 0;
        for (int kind = 0; kind < graph.kinds(); kind++) {
            int one = graph.members(kind).getFirst();
            pairs += graph.from(bit(one), closed, true).count(Integer.MAX_VALUE)
                    * graph.members(kind).size();
        }
        return pairs;
    }

    private BitSet places(Collection<ResourceId> workloads) {
        BitSet places = new BitSet();
        workloads.forEach(workload -> places.set(place(workload)));
        return places;
    }

    private int place(ResourceId workload) {
        Integer place = places.get(workload);
        if (place == null) {
            throw new IllegalArgumentException("not among the workloads analysed: " + workload);
        }
        return place;
    }

    private static BitSet bit(int workload) {
        BitSet one = new BitSet();
        one.set(workload);
        return one;
    }

    private ResourceId id(int workload) {
        return graph.topology().workloads().get(workload).id();
    }
}
