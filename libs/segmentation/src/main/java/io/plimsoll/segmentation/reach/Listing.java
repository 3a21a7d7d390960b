package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.topology.ExternalRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Connections between workloads, made while they are asked for. Pods of one owner are one peer; a workload with itself, and
 * the outside with itself, are left out. Immutable, any thread.
 */
public final class Listing {

    private final ClassGraph graph;
    private final Set<AddressFamily> families;

    public Listing(ClassGraph graph, Set<AddressFamily> families) {
        this.graph = graph;
        this.families = families;
    }

    /**
     * Every pair with something allowed or uncertain, in the order of the source and then of the destination: workloads by
     * identity, then external ranges ascending; neighbouring ranges with equal ports are one.
     */
    public Stream<Connection> connections() {
        int workloads = graph.topology().workloads().size();
        return Stream.concat(
                IntStream.range(0, workloads).boxed().flatMap(this::from),
                IntStream.range(0, workloads).boxed().flatMap(this::fromOutside));
    }

    /** What one workload may send, by its place in the topology. */
    public Stream<Connection> from(int source) {
        return Stream.concat(toWorkloads(source), toOutside(source));
    }

    /** What one workload may send to another; both by their place in the topology. */
    public Connection between(int source, int destination) {
        Verdict verdict = Verdict.CLOSED;
        for (int s : classes(source)) {
            for (int d : classes(destination)) {
                verdict = verdict.or(graph.between(s, d));
            }
        }
        return new Connection(endpoint(source), endpoint(destination), verdict.allowed(), verdict.uncertain());
    }

    /** What one workload exchanges with external addresses, ascending, as far as something is allowed or uncertain. */
    public Stream<Connection> outside(int workload, Direction direction) {
        return switch (direction) {
            case INGRESS -> fromOutside(workload);
            case EGRESS -> toOutside(workload);
        };
    }

    /** What a pod of whom nothing is known may send to a workload, as far as the workload's own policies have it. */
    public Connection fromAnyone(int destination, Endpoint source) {
        Verdict verdict = union(classes(destination), c -> graph.withStranger(c, Direction.INGRESS, 0));
        return new Connection(source, endpoint(destination), verdict.allowed(), verdict.uncertain());
    }

    ClassGraph graph() {
        return graph;
    }

    /** The families of external addresses that are listed. */
    public Set<AddressFamily> families() {
        return families;
    }

    boolean shows(AddressFamily family) {
        return families.contains(family);
    }

    private Stream<Connection> toWorkloads(int source) {
        return IntStream.range(0, graph.topology().workloads().size())
                .filter(destination -> destination != source)
                .mapToObj(destination -> between(source, destination))
                .filter(Connection::possible);
    }

    private Stream<Connection> toOutside(int source) {
        return outside(range -> union(classes(source), c -> graph.toRange(c, range)))
                .map(span -> new Connection(
                        endpoint(source),
                        new Endpoint.External(span.range()),
                        span.verdict().allowed(),
                        span.verdict().uncertain()));
    }

    private Stream<Connection> fromOutside(int destination) {
        return outside(range -> union(classes(destination), c -> graph.fromRange(range, c)))
                .map(span -> new Connection(
                        new Endpoint.External(span.range()),
                        endpoint(destination),
                        span.verdict().allowed(),
                        span.verdict().uncertain()));
    }

    private record Span(AddressRange range, Verdict verdict) {}

    /** The ranges with something allowed, as few as possible. */
    private Stream<Span> outside(IntFunction<Verdict> verdictOf) {
        ExternalRanges ranges = graph.topology().ranges();
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            AddressRange range = ranges.get(i);
            Verdict verdict = verdictOf.apply(i);
            Span before = spans.isEmpty() ? null : spans.getLast();
            if (before != null
                    && before.range().family() == range.family()
                    && before.verdict().equals(verdict)) {
                spans.set(spans.size() - 1, new Span(before.range().joined(range), verdict));
            } else {
                spans.add(new Span(range, verdict));
            }
        }
        return spans.stream()
                .filter(span -> !span.verdict().possible().isEmpty()
                        && families.contains(span.range().family()));
    }

    private static Verdict union(List<Integer> classes, IntFunction<Verdict> verdictOf) {
        Verdict united = Verdict.CLOSED;
        for (int c : classes) {
            united = united.or(verdictOf.apply(c));
        }
        return united;
    }

    private List<Integer> classes(int workload) {
        return graph.topology().classesOf().get(workload);
    }

    Endpoint endpoint(int workload) {
        Workload at = graph.topology().workloads().get(workload);
        return new Endpoint.OfWorkload(at.id());
    }
}
