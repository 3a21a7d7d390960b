package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.segmentation.blast.BlastRadius;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far trouble spreads: the figures of {@code plimsoll blast-radius} for the same objects. Ways lead through whatever workloads there are;
 * named and counted are the caller's.
 */
public final class AskBlast {

    /**
     * What is not passed through.
     *
     * @param workloads the caller's
     * @param hubs whether hubs are left out too, whoever's they are
     */
    public record Barriers(Set<ResourceId> workloads, boolean hubs) {
        public Barriers {
            workloads = Set.copyOf(workloads);
        }
    }

    /**
     * A page.
     *
     * @param notThrough all that is not passed through, in the order of identity, another's among it
     */
    public record Radii(Rows.Page<BlastRadius.Radius> page, List<ResourceId> notThrough) {}

    private AskBlast() {}

    /**
     * Workloads of the caller, those that may reach most first.
     *
     * @param namespace only workloads of it; empty for all
     */
    public static Radii radii(
            SeenCluster cluster,
            Caller caller,
            String namespace,
            Barriers barriers,
            Rows.Position from,
            int size,
            SharedWork shared) {
        Set<ResourceId> closed = closed(cluster, barriers, shared);
        List<BlastRadius.Radius> rows =
                cluster
                        .spreading()
                        .radii(caller, closed, workload -> cluster.isSeenBy(caller, workload), shared)
                        .stream()
                        .filter(radius -> namespace.isEmpty()
                                || namespace.equals(radius.workload().namespace()))
                        .toList();
        return new Radii(Rows.page(rows, from, size), List.copyOf(closed));
    }

    /** Whom one workload reaches, of the caller's; the nearest first. */
    public static Rows.Page<BlastRadius.Reached> reached(
            SeenCluster cluster,
            Caller caller,
            ResourceId source,
            Barriers barriers,
            Rows.Position from,
            int size,
            SharedWork shared) {
        BlastRadius blast = cluster.spreading().blast(shared);
        Set<ResourceId> closed = closed(cluster, barriers, shared);
        List<BlastRadius.Reached> rows = shared.run(() -> blast.from(source, closed)).stream()
                .filter(reached -> cluster.isSeenBy(caller, reached.workload()))
                .toList();
        return Rows.page(rows, from, size);
    }

    /** For who may see all of the cluster. */
    public static Rows.Page<BlastRadius.Hub> hubs(
            SeenCluster cluster, Rows.Position from, int size, SharedWork shared) {
        return Rows.page(cluster.spreading().hubs(shared), from, size);
    }

    private static Set<ResourceId> closed(SeenCluster cluster, Barriers barriers, SharedWork shared) {
        Set<ResourceId> closed = new TreeSet<>(barriers.workloads());
        if (barriers.hubs()) {
            cluster.spreading().hubs(shared).forEach(hub -> closed.addAll(hub.workloads()));
        }
        return closed;
    }

    /** @throws ProblemException of {@link Problem#TOO_LARGE} for a cluster of more workloads than are worked out here */
    public static void bounded(SeenCluster cluster, int workloadsMax) {
        if (cluster.peers().size() > workloadsMax) {
            throw new ProblemException(
                            Problem.TOO_LARGE,
                            "this is worked out for clusters of up to " + workloadsMax + " workloads; this one has "
                                    + cluster.peers().size() + ": the command does it on its own machine")
                    .over(workloadsMax + " workloads");
        }
    }
}
