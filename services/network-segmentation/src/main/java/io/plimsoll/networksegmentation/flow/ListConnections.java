package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.reach.Endpoint;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The list of {@code plimsoll connections}, page by page: only connections of which every workload is the caller's to see. Pairs are looked
 * up while a page is filled, never stored; a page begins where the one before ended.
 */
public final class ListConnections {

    /** Which connections a question takes. */
    public enum Wanted {
        ALL,
        CERTAIN,
        UNCERTAIN
    }

    /**
     * What is asked.
     *
     * @param namespace only from or to workloads of it; empty for all
     * @param workload only from or to this one
     */
    public record Question(String namespace, Optional<ResourceId> workload, Wanted wanted) {}

    private ListConnections() {}

    /** @param size at least 1 */
    public static Rows.Page<ConnectionRow> page(
            SeenCluster cluster, Caller caller, Question question, Rows.Position from, int size, Until until) {
        return Rows.page(
                cluster.reachability().parts(), part -> rows(cluster, caller, question, part), from, size, until);
    }

    private static Stream<ConnectionRow> rows(SeenCluster cluster, Caller caller, Question question, int part) {
        Optional<ResourceId> about = cluster.reachability().workloadOf(part);
        if (about.filter(workload -> !cluster.isSeenBy(caller, workload)).isPresent()) {
            return Stream.empty();
        }
        return cluster.reachability()
                .part(part)
                .filter(connection -> cluster.isSeenBy(caller, connection.source())
                        && cluster.isSeenBy(caller, connection.destination()))
                .filter(connection -> question.workload().isEmpty()
                        || is(question, connection.source())
                        || is(question, connection.destination()))
                .filter(connection -> question.namespace().isEmpty()
                        || in(question, connection.source())
                        || in(question, connection.destination()))
                .flatMap(ConnectionRow::of)
                .filter(row -> switch (question.wanted()) {
                    case ALL -> true;
                    case CERTAIN -> row.certain();
                    case UNCERTAIN -> !row.certain();
                });
    }

    private static boolean is(Question question, Endpoint end) {
        return end instanceof Endpoint.OfWorkload workload
                && question.workload().filter(workload.id()::equals).isPresent();
    }

    private static boolean in(Question question, Endpoint end) {
        return end instanceof Endpoint.OfWorkload workload
                && workload.id().namespace().equals(question.namespace());
    }
}
