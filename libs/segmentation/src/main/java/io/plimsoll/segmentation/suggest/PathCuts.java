package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.blast.SensitivePaths.SensitivePath;
import io.plimsoll.segmentation.reach.Difference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the one policy that keeps the Internet from a sensitive workload, and has the engine prove it: with the policy in force no way leads
 * there any more, certain or not, and nothing connects that did not before.
 */
public final class PathCuts {

    private final ClusterState state;
    private final List<Workload> workloads;
    private final ReachabilityOptions options;
    private final Reachability before;
    private final SensitivePaths ways;
    private final boolean internalToo;

    /**
     * @param workloads those that {@code before} was made of
     * @param before the cluster as it is
     * @param internalToo whether internal doors count as ways from the Internet
     */
    public PathCuts(
            ClusterState state,
            List<Workload> workloads,
            ReachabilityOptions options,
            Reachability before,
            boolean internalToo) {
        this.state = state;
        this.workloads = workloads;
        this.options = options;
        this.before = before;
        this.ways = before.pathsFromInternet(internalToo);
        this.internalToo = internalToo;
    }

    /**
     * The cut of one path.
     *
     * @param sensitive all workloads that the Internet should not reach
     */
    public PathCut of(SensitivePath path, Collection<ResourceId> sensitive) {
        List<Place> places = places(path);
        for (Place place : places) {
            CutPolicies policies = new CutPolicies(before, workloads, ways, place.at(), place.reached());
            for (Optional<Value> policy : List.of(policies.networkPolicy(), policies.clusterNetworkPolicy(state))) {
                Optional<PathCut> proven = policy.flatMap(each -> prove(path, place, each, sensitive));
                if (proven.isPresent()) {
                    return proven.get();
                }
            }
        }
        ResourceId at =
                places.isEmpty() ? path.target() : ways.id(places.getFirst().at());
        return new PathCut(
                path.target(),
                at,
                Optional.empty(),
                List.of(),
                List.of(),
                List.copyOf(sensitive),
                "no single new policy cuts it: policies of the input allow what leads there, and policies only add up");
    }

    /**
     * A workload where the path can be cut.
     *
     * @param reached workloads that the Internet reaches without passing through it
     */
    private record Place(int at, BitSet reached, int lost) {}

    /** Workloads that every way to the target passes through, where least is lost first, and of those the nearest to the target. */
    private List<Place> places(SensitivePath path) {
        BitSet doors = ways.starts(false);
        int target = ways.place(path.target());
        List<Place> places = new ArrayList<>();
        for (ResourceId workload : path.workloads().reversed()) {
            int at = ways.place(workload);
            // Whoever the Internet is let in to is cut only where it is the target itself.
            if (doors.get(at) && at != target) {
                continue;
            }
            BitSet closed = new BitSet();
            closed.set(at);
            BitSet reached = ways.reached(closed);
            if (at == target || !reached.get(target)) {
                BitSet lost = ways.before(at);
                lost.and(reached);
                lost.clear(at);
                places.add(new Place(at, reached, lost.cardinality()));
            }
        }
        places.sort(Comparator.comparing(Place::lost));
        return places;
    }

    private Optional<PathCut> prove(SensitivePath path, Place place, Value policy, Collection<ResourceId> sensitive) {
        Reachability after = Reachability.of(Suggestions.with(state, List.of(policy)), workloads, options);
        SensitivePaths left = after.pathsFromInternet(internalToo);
        if (!left.to(List.of(path.target()), Set.of()).isEmpty()) {
            return Optional.empty();
        }
        List<Difference> differences = before.differencesTo(after);
        if (differences.stream().anyMatch(each -> !each.before().containsAll(each.after()))) {
            return Optional.empty();
        }
        Set<ResourceId> was = targets(ways.to(sensitive, Set.of()));
        Set<ResourceId> is = targets(left.to(sensitive, Set.of()));
        return Optional.of(new PathCut(
                path.target(),
                ways.id(place.at()),
                Optional.of(policy),
                differences,
                was.stream()
                        .filter(each -> !is.contains(each) && !each.equals(path.target()))
                        .sorted()
                        .toList(),
                is.stream().sorted().toList(),
                ""));
    }

    private static Set<ResourceId> targets(List<SensitivePath> paths) {
        return paths.stream().map(SensitivePath::target).collect(java.util.stream.Collectors.toSet());
    }
}
