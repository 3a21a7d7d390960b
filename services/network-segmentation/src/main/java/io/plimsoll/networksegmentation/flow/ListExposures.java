package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.Exposure;
import io.plimsoll.segmentation.reach.Exposures;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** To whom workloads are exposed that is not among the cluster's pods: what {@code plimsoll connections --exposure} says of each. */
public final class ListExposures {

    /**
     * What is asked.
     *
     * @param namespace only workloads of it; empty for all
     * @param workload only this one
     * @param direction only this one
     */
    public record Question(String namespace, Optional<ResourceId> workload, Optional<Direction> direction) {}

    /**
     * One direction of one workload.
     *
     * @param unprotected true where no policy speaks of it
     * @param waysIn of ingress only
     */
    public record Row(
            ResourceId workload, Direction direction, boolean unprotected, List<Exposure> peers, List<WayIn> waysIn) {}

    private static final List<Direction> DIRECTIONS = List.of(Direction.INGRESS, Direction.EGRESS);

    private ListExposures() {}

    /** Two parts for each workload, one a direction. */
    public static Rows.Page<Row> page(
            SeenCluster cluster,
            Caller caller,
            Question question,
            Rows.Position from,
            int size,
            Until until,
            SharedWork shared) {
        Exposures exposures = cluster.exposures(shared);
        return Rows.page(
                cluster.peers().size() * DIRECTIONS.size(),
                part -> row(cluster, caller, question, exposures, part),
                from,
                size,
                until);
    }

    private static Stream<Row> row(
            SeenCluster cluster, Caller caller, Question question, Exposures exposures, int part) {
        int place = part / DIRECTIONS.size();
        Direction direction = DIRECTIONS.get(part % DIRECTIONS.size());
        ResourceId workload = cluster.peers().get(place).id();
        boolean asked = cluster.isSeenBy(caller, workload)
                && question.direction().map(direction::equals).orElse(true)
                && question.workload().map(workload::equals).orElse(true)
                && (question.namespace().isEmpty() || question.namespace().equals(workload.namespace()));
        return asked
                ? Stream.of(new Row(
                        workload,
                        direction,
                        exposures.isUnprotected(place, direction),
                        exposures.of(place, direction).toList(),
                        direction == Direction.INGRESS ? cluster.waysIn(workload) : List.of()))
                : Stream.empty();
    }
}
