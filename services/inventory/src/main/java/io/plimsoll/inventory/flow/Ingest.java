package io.plimsoll.inventory.flow;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.wire.Version;
import java.time.Clock;
import java.util.Arrays;

/** An upload, read and well-formed, to a new revision of its cluster: in one transaction, and nothing of it where that fails. Any thread. */
public final class Ingest {

    private final InventoryStore store;
    private final ClusterPublication publication;
    private final int partitions;
    private final Clock clock;
    private final Step.Watcher steps;

    /** @param partitions how many the cluster topics have */
    public Ingest(
            InventoryStore store, ClusterPublication publication, int partitions, Clock clock, Step.Watcher steps) {
        this.store = store;
        this.publication = publication;
        this.partitions = partitions;
        this.clock = clock;
        this.steps = steps;
    }

    /**
     * @return once it is committed
     * @throws ProblemException when it is refused, or the store is away: nothing of it is kept then
     */
    public UploadOutcome upload(UploadOrder order, SourceContent content) {
        if (order.register()) {
            store.register(order.cluster(), ClusterMode.MANIFESTS, partitions);
        }
        UploadOutcome outcome = store.inCluster(order.cluster(), transaction -> upload(order, content, transaction))
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND, "there is no cluster " + order.cluster() + "; register it first"));
        steps.after(Step.COMMITTED);
        return outcome;
    }

    private UploadOutcome upload(UploadOrder order, SourceContent content, ClusterTransaction transaction) {
        ClusterRow cluster = transaction.cluster();
        steps.after(Step.LOCKED);
        if (!order.idempotencyKey().isEmpty()) {
            var answered = transaction.answered(order.answerKey());
            if (answered.isPresent()) {
                return answered.get();
            }
        }
        check(order, content, transaction, cluster);
        UploadOutcome outcome;
        if (same(order, content, transaction, cluster)) {
            outcome = new UploadOutcome(cluster.revision(), 0, 0, 0, cluster.objects(), content.coverage());
        } else {
            transaction.replaceSource(order.source(), content);
            steps.after(Step.REPLACED);
            outcome = publication.publish(transaction, clock.instant());
        }
        if (!order.idempotencyKey().isEmpty()) {
            transaction.remember(order.answerKey(), outcome);
        }
        return outcome;
    }

    private boolean same(UploadOrder order, SourceContent content, ClusterTransaction transaction, ClusterRow cluster) {
        return cluster.revision().number() > 0
                && cluster.engine().equals(publication.engine())
                && transaction
                        .digest(order.source())
                        .map(digest -> Arrays.equals(digest, content.digest()))
                        .orElse(false);
    }

    private static void check(
            UploadOrder order, SourceContent content, ClusterTransaction transaction, ClusterRow cluster) {
        if (cluster.mode() != ClusterMode.MANIFESTS) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "cluster " + cluster.name() + " is seen live: its objects come from its sensor, not from uploads");
        }
        Version expected = order.expected();
        if (expected != null && !expected.equals(cluster.revision())) {
            throw new ProblemException(
                    Problem.STALE,
                    "cluster " + cluster.name() + " is at revision " + text(cluster.revision()) + ", not at "
                            + text(expected));
        }
        long objects =
                transaction.objectsBeside(order.source()) + content.objects().size();
        if (objects > StoredObject.IN_A_CLUSTER_MAX) {
            throw new ProblemException(
                            Problem.TOO_LARGE,
                            "cluster " + cluster.name() + " would hold " + objects + " objects, more than "
                                    + StoredObject.IN_A_CLUSTER_MAX)
                    .over(StoredObject.IN_A_CLUSTER_MAX + " objects");
        }
    }

    private static String text(Version version) {
        return version.epoch() + "." + version.number();
    }
}
