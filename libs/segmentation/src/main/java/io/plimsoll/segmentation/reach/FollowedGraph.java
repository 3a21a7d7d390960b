package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.topology.ClassIndex;
import io.plimsoll.segmentation.topology.Population;
import io.plimsoll.segmentation.topology.Since;
import io.plimsoll.segmentation.topology.Topology;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The graph of a cluster that changes: the next one is made of this one as far as the change does not concern it, and answers as one made
 * from nothing. What is handed out is immutable; this itself is for one thread, and of no more use once the next is made.
 */
public final class FollowedGraph {

    /** Where there are fewer classes, a second thread is not worth its start. */
    private static final int PARALLEL_MIN = 500;

    /**
     * Columns only come, and what is kept of rows may be of no more use; where there is so much more than there was, and twice as much, it is as
     * well to begin from nothing.
     */
    private static final int FURTHER_MAX = 5_000;

    private final ClassGraph graph;
    private final PolicySet policies;
    private final Map<Direction, Sides.Makers> makers;

    /** How much was kept when all of it was made from nothing. */
    private final int begun;

    private FollowedGraph(ClassGraph graph, PolicySet policies, Map<Direction, Sides.Makers> makers, int begun) {
        this.graph = graph;
        this.policies = policies;
        this.makers = makers;
        this.begun = begun;
    }

    /** Made from nothing. */
    public static FollowedGraph of(Topology topology, PolicySet policies, MeshPolicies mesh) {
        ClassIndex index = topology.index();
        PeerSets ofNetworkPolicy = PeerSets.ofNetworkPolicy(index, topology);
        PeerSets ofTiers = PeerSets.ofTiers(index, topology);
        List<Sides.Made> made = directions(topology)
                .map(direction -> Sides.of(topology, policies, mesh, direction, index, ofNetworkPolicy, ofTiers))
                .toList();
        ClassGraph graph =
                new ClassGraph(topology, made.get(0).sides(), made.get(1).sides(), mesh, ofNetworkPolicy, ofTiers);
        Map<Direction, Sides.Makers> makers = makers(made);
        return new FollowedGraph(graph, policies, makers, kept(makers));
    }

    /** Neither direction asks the other. */
    private static Stream<Direction> directions(Topology topology) {
        Stream<Direction> directions = Stream.of(Direction.INGRESS, Direction.EGRESS);
        return topology.classes().size() < PARALLEL_MIN ? directions : directions.parallel();
    }

    private static Map<Direction, Sides.Makers> makers(List<Sides.Made> made) {
        Map<Direction, Sides.Makers> makers = new EnumMap<>(Direction.class);
        makers.put(Direction.INGRESS, made.get(0).makers());
        makers.put(Direction.EGRESS, made.get(1).makers());
        return makers;
    }

    private static int kept(Map<Direction, Sides.Makers> makers) {
        return makers.values().stream()
                .mapToInt(each -> each.admin().kept()
                        + each.policies().kept()
                        + each.baseline().kept())
                .sum();
    }

    public ClassGraph graph() {
        return graph;
    }

    /**
     * The graph after a change. Nothing where it has to be made from nothing.
     *
     * @param before the population this graph is of
     * @param later what became of it
     * @param laterPolicies what became of the policies
     */
    public Optional<FollowedGraph> after(Population before, Population later, PolicySet laterPolicies) {
        if (kept(makers) > 2 * begun + FURTHER_MAX) {
            return Optional.empty();
        }
        Topology topology = later.topology();
        ClassIndex index = topology.index();
        Since since = Since.of(before, later);
        Step step = new Step(
                topology,
                since,
                policies,
                laterPolicies,
                laterPolicies.namespacesOtherThan(policies),
                before.vocabulary(),
                later.vocabulary(),
                graph.mesh(),
                index,
                PeerSets.ofNetworkPolicy(index, topology),
                PeerSets.ofTiers(index, topology),
                Newcomers.of(topology, since));
        if (laterPolicies == policies && step.samePeers()) {
            return Optional.of(new FollowedGraph(
                    new ClassGraph(
                            topology,
                            graph.sides(Direction.INGRESS),
                            graph.sides(Direction.EGRESS),
                            graph.mesh(),
                            step.ofNetworkPolicy(),
                            step.ofTiers()),
                    policies,
                    makers,
                    begun));
        }
        List<Optional<Sides.Made>> made = directions(topology)
                .map(direction -> graph.sides(direction).later(step, made(direction), direction))
                .toList();
        if (made.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<Sides.Made> sides = made.stream().flatMap(Optional::stream).toList();
        return Optional.of(new FollowedGraph(
                new ClassGraph(
                        topology,
                        sides.get(0).sides(),
                        sides.get(1).sides(),
                        graph.mesh(),
                        step.ofNetworkPolicy(),
                        step.ofTiers()),
                laterPolicies,
                makers(sides),
                begun));
    }

    private Sides.Makers made(Direction direction) {
        Sides.Makers made = makers.get(direction);
        if (made == null) {
            throw new IllegalStateException("each direction has its makers");
        }
        return made;
    }
}
