package io.plimsoll.segmentation.picture;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Verdict;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A cluster as boxes and arrows: {@link #overview} has a box for each namespace, {@link #of} opens one of them. Only what may be seen is counted.
 * Immutable, any thread.
 */
public final class Picture {

    private final ClassGraph graph;
    private final Set<AddressFamily> families;
    private final List<Group> groups;
    private final Map<String, int[]> byNamespace = new TreeMap<>();
    private final Map<ResourceId, Verdict> brought = new HashMap<>();

    private Picture(ClassGraph graph, Set<AddressFamily> families, List<Group> groups) {
        this.graph = graph;
        this.families = Set.copyOf(families);
        this.groups = List.copyOf(groups);
        Map<String, List<Integer>> numbers = new TreeMap<>();
        for (int g = 0; g < groups.size(); g++) {
            numbers.computeIfAbsent(groups.get(g).namespace(), unused -> new ArrayList<>())
                    .add(g);
        }
        numbers.forEach((namespace, here) -> byNamespace.put(
                namespace, here.stream().mapToInt(Integer::intValue).toArray()));
    }

    /**
     * @param families of the external addresses that count
     * @param brought what ingress controllers bring in
     * @param seen the workloads that may be seen
     */
    public static Picture of(
            ClassGraph graph, Set<AddressFamily> families, Stream<Connection> brought, Predicate<ResourceId> seen) {
        Topology topology = graph.topology();
        Map<List<Object>, List<ResourceId>> members = new LinkedHashMap<>();
        Map<List<Object>, List<Integer>> classes = new LinkedHashMap<>();
        for (int w = 0; w < topology.workloads().size(); w++) {
            ResourceId workload = topology.workloads().get(w).id();
            if (seen.test(workload)) {
                List<Object> kind =
                        List.of(workload.namespace(), topology.classesOf().get(w));
                members.computeIfAbsent(kind, unused -> new ArrayList<>()).add(workload);
                classes.putIfAbsent(kind, topology.classesOf().get(w));
            }
        }
        Map<String, List<Group>> byNamespace = new TreeMap<>();
        members.forEach((kind, workloads) -> byNamespace
                .computeIfAbsent(workloads.getFirst().namespace(), unused -> new ArrayList<>())
                .add(new Group(workloads.getFirst().namespace(), workloads, classes.getOrDefault(kind, List.of()))));
        Picture picture = new Picture(
                graph,
                families,
                byNamespace.values().stream().flatMap(List::stream).toList());
        brought.forEach(connection -> {
            if (connection.destination() instanceof io.plimsoll.segmentation.reach.Endpoint.OfWorkload workload
                    && seen.test(workload.id())) {
                picture.brought.put(
                        workload.id(),
                        new Verdict(connection.ports(), connection.ports().union(connection.uncertain())));
            }
        });
        return picture;
    }

    /** By namespace, then by their first workload. */
    public List<Group> groups() {
        return groups;
    }

    /** The namespaces with anything to be seen, by name. */
    public List<String> namespaces() {
        return List.copyOf(byNamespace.keySet());
    }

    /** The numbers of a namespace's groups, ascending; none of one that is not there. */
    public IntStream groupsOf(String namespace) {
        return IntStream.of(byNamespace.getOrDefault(namespace, new int[0]));
    }

    /** Namespaces, and arrows between them. */
    public Floor overview() {
        List<Floor.Room> rooms = new ArrayList<>();
        byNamespace.forEach((namespace, here) -> rooms.add(new Floor.Room(new Box.OfNamespace(namespace), here, true)));
        return new Floor(this, rooms);
    }

    /** The groups of one namespace and, a box each, all others; empty for one that is not there. */
    public Optional<Floor> of(String namespace) {
        if (!byNamespace.containsKey(namespace)) {
            return Optional.empty();
        }
        List<Floor.Room> rooms = new ArrayList<>();
        groupsOf(namespace)
                .forEach(group -> rooms.add(new Floor.Room(new Box.OfGroup(group), new int[] {group}, true)));
        byNamespace.forEach((other, there) -> {
            if (!other.equals(namespace)) {
                rooms.add(new Floor.Room(new Box.OfNamespace(other), there, false));
            }
        });
        return Optional.of(new Floor(this, rooms));
    }

    ClassGraph graph() {
        return graph;
    }

    /** What a class exchanges with any address outside. */
    Verdict outside(int subject, Direction direction) {
        Verdict verdict = Verdict.CLOSED;
        for (int range = 0; range < graph.topology().ranges().size(); range++) {
            if (families.contains(graph.topology().ranges().get(range).family())) {
                verdict = verdict.or(
                        direction == Direction.INGRESS
                                ? graph.fromRange(range, subject)
                                : graph.toRange(subject, range));
            }
        }
        return verdict;
    }

    /** What ingress controllers bring to workloads of a group, one verdict for each to which they bring something. */
    List<Verdict> brought(Group group) {
        return group.workloads().stream()
                .flatMap(workload -> Optional.ofNullable(brought.get(workload)).stream())
                .toList();
    }
}
