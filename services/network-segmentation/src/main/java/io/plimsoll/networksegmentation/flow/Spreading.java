package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.blast.BlastRadius;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.idle.RuleFinding;
import io.plimsoll.segmentation.suggest.PathCut;
import io.plimsoll.segmentation.suggest.PathCuts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How trouble spreads in one cluster, how it comes in, and which rules do nothing about it: each worked out by the first question and kept
 * as long as the cluster's revision is. Any thread.
 */
final class Spreading {

    /** Answers to questions that differ, kept so that their pages are not worked out anew; the one asked for longest ago goes. */
    private static final int ANSWERS_MAX = 16;

    private record RadiiKey(String view, Set<ResourceId> closed) {}

    private record CutKey(ResourceId target, Set<ResourceId> sensitive, boolean internal) {}

    private final ClusterState state;
    private final List<Workload> peers;
    private final ReachabilityOptions options;
    private final Reachability reachability;
    private final Once<BlastRadius> blast;
    private final Once<List<BlastRadius.Hub>> hubs;
    private final Once<SensitivePaths> fromInternet;
    private final Once<SensitivePaths> fromInternalToo;
    private final Once<List<RuleFinding>> ruleFindings;
    private final Lately<RadiiKey, Once<List<BlastRadius.Radius>>> radii = new Lately<>(ANSWERS_MAX);
    private final Lately<CutKey, Once<Optional<PathCut>>> cuts = new Lately<>(ANSWERS_MAX);

    Spreading(ClusterState state, List<Workload> peers, ReachabilityOptions options, Reachability reachability) {
        this.state = state;
        this.peers = peers;
        this.options = options;
        this.reachability = reachability;
        this.blast = new Once<>(reachability::blastRadius);
        this.hubs = new Once<>(() -> blast.made().hubs());
        this.fromInternet = new Once<>(() -> reachability.pathsFromInternet(false));
        this.fromInternalToo = new Once<>(() -> reachability.pathsFromInternet(true));
        this.ruleFindings = new Once<>(reachability::ruleFindings);
    }

    BlastRadius blast(SharedWork shared) {
        return blast.get(shared);
    }

    List<BlastRadius.Hub> hubs(SharedWork shared) {
        // One turn after the other: whoever held one while waiting for another would keep others from both.
        blast.get(shared);
        return hubs.get(shared);
    }

    /**
     * As one caller sees them, those that may reach most first.
     *
     * @param closed not passed through
     * @param seen the workloads that are the caller's
     */
    List<BlastRadius.Radius> radii(
            Caller caller, Set<ResourceId> closed, Predicate<ResourceId> seen, SharedWork shared) {
        BlastRadius made = blast.get(shared);
        return radii.get(
                        new RadiiKey(SeenCluster.view(caller), Set.copyOf(closed)),
                        key -> new Once<>(() -> made.radii(key.closed(), seen).stream()
                                .sorted(Comparator.comparing((BlastRadius.Radius radius) ->
                                                -radius.transitive().high())
                                        .thenComparing(
                                                radius -> -radius.oneHop().high())
                                        .thenComparing(BlastRadius.Radius::workload))
                                .toList()))
                .get(shared);
    }

    /** @param internal whether internal doors count as ways from the Internet */
    SensitivePaths paths(boolean internal, SharedWork shared) {
        return (internal ? fromInternalToo : fromInternet).get(shared);
    }

    /** Nothing where the Internet does not reach the target. */
    Optional<PathCut> cut(ResourceId target, Set<ResourceId> sensitive, boolean internal, SharedWork shared) {
        SensitivePaths ways = paths(internal, shared);
        return cuts.get(
                        new CutKey(target, Set.copyOf(sensitive), internal),
                        key -> new Once<>(() -> ways.to(List.of(target), Set.of()).stream()
                                .findFirst()
                                .map(path -> new PathCuts(state, peers, options, reachability, internal)
                                        .of(path, key.sensitive()))))
                .get(shared);
    }

    List<RuleFinding> ruleFindings(SharedWork shared) {
        return ruleFindings.get(shared);
    }
}
