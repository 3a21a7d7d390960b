package io.plimsoll.segmentation.blast;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.entry.WayIn;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The shortest ways from the Internet to workloads that somebody called sensitive. Immutable, any thread. */
public final class SensitivePaths {

    private final HopGraph graph;
    private final List<Entries.Entry> entries;
    private final Map<ResourceId, Integer> places = new HashMap<>();

    /** @param entries where traffic comes in */
    public SensitivePaths(HopGraph graph, List<Entries.Entry> entries) {
        this.graph = graph;
        this.entries = List.copyOf(entries);
        for (int w = 0; w < graph.topology().workloads().size(); w++) {
            places.put(graph.topology().workloads().get(w).id(), w);
        }
    }

    /**
     * A shortest way to one sensitive workload.
     *
     * @param certain whether all of it is certain; else no certain way leads there, and this one may
     * @param by the object it comes in through
     * @param workloads from the one that is come in to, to the sensitive one; one alone where it is come in to directly
     */
    public record SensitivePath(ResourceId target, boolean certain, WayIn by, List<ResourceId> workloads) {
        public SensitivePath {
            workloads = List.copyOf(workloads);
        }
    }

    /** The ways in. */
    public List<Entries.Entry> entries() {
        return entries;
    }

    /**
     * A path to each of the workloads that may be reached; certain ones first, shorter ones first, then in the order of identity.
     *
     * @param notThrough workloads that no path passes through, though it may end there or come in there
     * @throws IllegalArgumentException when a workload is not among those analysed
     */
    public List<SensitivePath> to(Collection<ResourceId> sensitive, Collection<ResourceId> notThrough) {
        BitSet closed = new BitSet();
        notThrough.forEach(workload -> closed.set(place(workload)));
        HopGraph.Tree sure = graph.from(starts(true), closed, true);
        HopGraph.Tree perhaps = graph.from(starts(false), closed, false);
        List<SensitivePath> paths = new ArrayList<>();
        for (ResourceId target : sensitive) {
            int place = place(target);
            boolean certain = sure.reaches(place);
            if (certain || perhaps.reaches(place)) {
                List<Integer> way = (certain ? sure : perhaps).way(place);
                paths.add(new SensitivePath(
                        target,
                        certain,
                        door(way.getFirst(), certain),
                        way.stream().map(this::id).toList()));
            }
        }
        paths.sort(Comparator.comparing((SensitivePath path) -> !path.certain())
                .thenComparing(path -> path.workloads().size())
                .thenComparing(SensitivePath::target));
        return List.copyOf(paths);
    }

    /** Workloads that may be reached from the Internet when some are not passed through. */
    public BitSet reached(BitSet notThrough) {
        BitSet reached = new BitSet();
        HopGraph.Tree tree = graph.from(starts(false), notThrough, false);
        for (int w = 0; w < graph.topology().workloads().size(); w++) {
            reached.set(w, tree.reaches(w));
        }
        return reached;
    }

    /** Workloads that something comes in to. */
    public BitSet starts(boolean sure) {
        BitSet starts = new BitSet();
        entries.stream()
                .filter(entry -> !sure || !entry.ports().isEmpty())
                .forEach(entry -> starts.set(entry.workload()));
        return starts;
    }

    /** Workloads that may reach one in a hop, itself among them when its pods reach each other. */
    public BitSet before(int workload) {
        BitSet before = new BitSet();
        for (int w = 0; w < graph.topology().workloads().size(); w++) {
            before.set(w, graph.reaches(w, workload, false));
        }
        return before;
    }

    /**
     * The number of a workload in the topology.
     *
     * @throws IllegalArgumentException when it is not among the workloads analysed
     */
    public int place(ResourceId workload) {
        Integer place = places.get(workload);
        if (place == null) {
            throw new IllegalArgumentException("not among the workloads analysed: " + workload);
        }
        return place;
    }

    public ResourceId id(int workload) {
        return graph.topology().workloads().get(workload).id();
    }

    private WayIn door(int workload, boolean sure) {
        return entries.stream()
                .filter(entry ->
                        entry.workload() == workload && (!sure || !entry.ports().isEmpty()))
                .map(Entries.Entry::way)
                .findFirst()
                .orElseThrow();
    }
}
