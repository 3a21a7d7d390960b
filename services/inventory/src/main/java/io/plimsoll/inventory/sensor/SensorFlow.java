package io.plimsoll.inventory.sensor;

import io.plimsoll.inventory.flow.Step;
import io.plimsoll.inventory.flow.StoredObject;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.wire.Version;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of what sensors say: each message that changes something in one transaction, answered after its commit. Of each cluster the newest
 * stream speaks alone; an earlier one is told so with its next message. Any thread.
 */
public final class SensorFlow {

    /** A round that is not over by then is given up: what it brought stays, nothing of it is published. */
    static final Duration ROUND_MAX = Duration.ofMinutes(30);

    /** Where the two ends differ so often in a row although everything was told, everything is asked for. */
    private static final int COMPARISONS_MAX = 3;

    private final SensorStore store;
    private final String replica;
    private final Clock clock;
    private final Step.Watcher steps;

    /** @param replica where this replica is reached */
    public SensorFlow(SensorStore store, String replica, Clock clock, Step.Watcher steps) {
        this.store = store;
        this.replica = replica;
        this.clock = clock;
        this.steps = steps;
    }

    /** What is asked of the sensor next. */
    public enum Wish {
        NOTHING,
        DIGESTS,
        SNAPSHOT
    }

    /** An open stream. */
    public record Session(String cluster, long number, String credential) {}

    /** What a stream is told when it opens. */
    public record Opened(Session session, Wish wish) {}

    /** What became of a batch. */
    public record Accepted(Version revision, Wish wish, int changed, int stale) {}

    /** What a page of hashes led to. */
    public record Compared(List<ObjectKey> wanted, int gone) {}

    /** The end of a batch. */
    public record End(
            boolean complete, boolean roundOver, @Nullable SetDigest view) {}

    /**
     * Opens a stream for the sensor that shows a credential; from here every earlier one of the cluster is refused.
     *
     * @param denied what it does not see, a {@code SensorCoverage}
     * @throws ProblemException when the credential is none, has ended, or is another cluster's
     */
    public Opened open(String shown, String cluster, String version, byte[] denied) {
        Credential.Shown credential = Credential.Shown.of(shown);
        String owner = store.clusterOfCredential(credential.id())
                .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED, "this credential is not known"));
        return store.inSensor(owner, transaction -> {
            Instant now = clock.instant();
            Credential known = transaction
                    .credential(credential.id())
                    .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED, "this credential is not known"));
            known.requireShown(credential);
            known.requireValid(now);
            if (!known.cluster().equals(cluster)) {
                throw new ProblemException(
                        Problem.FORBIDDEN,
                        "credential " + known.id() + " is cluster " + known.cluster()
                                + "'s: it cannot speak for another one");
            }
            if (registered(transaction, cluster).mode() != ClusterMode.LIVE) {
                throw new ProblemException(
                        Problem.CONFLICT, "cluster " + cluster + " is seen as files: it takes uploads and no sensor");
            }
            transaction.used(known.id());
            SensorRow before = transaction.row().orElse(null);
            boolean anew = before == null || before.objects() == 0;
            SensorRow row = new SensorRow(
                    cluster,
                    before == null ? 1 : before.session() + 1,
                    known.id(),
                    version,
                    replica,
                    anew ? SensorRow.State.SNAPSHOT : SensorRow.State.COMPARISON,
                    now,
                    null,
                    now,
                    before == null ? null : before.synced(),
                    before == null ? null : before.agreed(),
                    before == null ? 0 : before.objects(),
                    before == null ? SetDigest.EMPTY : before.digest(),
                    before == null ? 0 : before.sequence(),
                    before == null ? null : before.waiting(),
                    denied);
            transaction.accept(row);
            return new Opened(new Session(cluster, row.session(), known.id()), anew ? Wish.SNAPSHOT : Wish.DIGESTS);
        });
    }

    private static SensorTransaction.Registered registered(SensorTransaction transaction, String cluster) {
        return transaction
                .registered()
                .orElseThrow(() -> new ProblemException(
                        Problem.NOT_FOUND, "there is no cluster " + cluster + "; register it first"));
    }

    /** The row, held, for the session that speaks. */
    private SensorRow row(SensorTransaction transaction, Session session, Instant now) {
        transaction
                .credential(session.credential())
                .orElseThrow(() -> new ProblemException(Problem.UNAUTHENTICATED, "this credential is not known"))
                .requireValid(now);
        SensorRow row = transaction.row().orElseThrow(() -> overtaken(session));
        if (row.session() != session.number()) {
            throw overtaken(session);
        }
        if (row.state() != SensorRow.State.SYNCED
                && row.opened().plus(ROUND_MAX).isBefore(now)) {
            throw new ProblemException(
                            Problem.TOO_MANY, "a snapshot or comparison of cluster " + row.cluster() + " does not end")
                    .over(ROUND_MAX.toMinutes() + " minutes");
        }
        return row.published(registered(transaction, row.cluster()).published()).heard(now);
    }

    private static ProblemException overtaken(Session session) {
        return new ProblemException(
                Problem.STALE, "another stream of the sensor of cluster " + session.cluster() + " was opened since");
    }

    /** Replaces what the sensor says it does not see. */
    public void coverage(Session session, byte[] denied) {
        var unused = store.inSensor(session.cluster(), transaction -> {
            Instant now = clock.instant();
            SensorRow row = row(transaction, session, now);
            transaction.accept(
                    java.util.Arrays.equals(row.denied(), denied)
                            ? row
                            : row.denying(denied).changed(now));
            return true;
        });
    }

    /** @param comparisons how many the stream has had since both ends last agreed */
    public Accepted apply(Session session, List<SensorChange> changes, End end, int comparisons) {
        Accepted accepted = store.inSensor(session.cluster(), transaction -> {
            Instant now = clock.instant();
            SensorRow row = row(transaction, session, now);
            steps.after(Step.LOCKED);
            SensorBatch batch = new SensorBatch(transaction, row, now);
            batch.apply(changes);
            if (end.complete()) {
                if (row.state() != SensorRow.State.SNAPSHOT) {
                    throw new ProblemException(
                            Problem.MALFORMED, "a complete batch, although no snapshot was asked for");
                }
                batch.endSnapshot(kept(row));
            }
            steps.after(Step.REPLACED);
            SensorRow after = batch.row();
            if (after.objects() > StoredObject.IN_A_CLUSTER_MAX) {
                throw new ProblemException(
                                Problem.TOO_LARGE,
                                "cluster " + row.cluster() + " would hold " + after.objects() + " objects, more than "
                                        + StoredObject.IN_A_CLUSTER_MAX)
                        .over(StoredObject.IN_A_CLUSTER_MAX + " objects");
            }
            boolean over = end.complete() || end.roundOver() && row.state() == SensorRow.State.COMPARISON;
            boolean first = over && row.synced() == null;
            after = over ? after.synced(now) : after;
            after = first ? after.changed(now) : after;
            Wish wish = Wish.NOTHING;
            SetDigest view = end.view();
            if (view != null && after.state() == SensorRow.State.SYNCED) {
                if (view.equals(after.digest())) {
                    after = after.agreed(now);
                } else {
                    wish = comparisons < COMPARISONS_MAX ? Wish.DIGESTS : Wish.SNAPSHOT;
                    after = after.in(wish == Wish.DIGESTS ? SensorRow.State.COMPARISON : SensorRow.State.SNAPSHOT);
                }
            }
            transaction.accept(after);
            steps.after(Step.ACCEPTED);
            return new Accepted(
                    registered(transaction, row.cluster()).revision(), wish, batch.changed(), batch.stale());
        });
        steps.after(Step.COMMITTED);
        return accepted;
    }

    /**
     * @param after last key of the page before
     * @param last whether the page speaks of everything behind
     * @throws ProblemException of {@link Problem#MALFORMED} when the page is out of order
     */
    public Compared page(Session session, ObjectKey after, List<Comparison.Hashed> page, boolean last) {
        try {
            Comparison.check(after, page);
        } catch (Comparison.PageRefused e) {
            throw new ProblemException(Problem.MALFORMED, "a page of digests is refused: " + e.getMessage(), e);
        }
        return store.inSensor(session.cluster(), transaction -> {
            Instant now = clock.instant();
            SensorRow row = row(transaction, session, now);
            if (row.state() != SensorRow.State.COMPARISON) {
                throw new ProblemException(Problem.MALFORMED, "a page of digests that nobody asked for");
            }
            if (page.isEmpty() && !last) {
                throw new ProblemException(Problem.MALFORMED, "an empty page of digests that is not the last one");
            }
            ObjectKey upTo = last ? null : page.getLast().key();
            Comparison compared = Comparison.of(page, transaction.stretch(after, upTo), kept(row));
            SensorBatch batch = new SensorBatch(transaction, row, now);
            batch.forget(compared.gone());
            transaction.accept(batch.row());
            return new Compared(compared.wanted(), compared.gone().size());
        });
    }

    /** The stream has ended; who opened another one since does not care. */
    public void closed(Session session) {
        var unused = store.inSensor(session.cluster(), transaction -> {
            transaction
                    .row()
                    .filter(row -> row.session() == session.number())
                    .ifPresent(row -> transaction.accept(row.closed(clock.instant())));
            return true;
        });
    }

    private static Predicate<ObjectKey> kept(SensorRow row) {
        return Unseen.of(row.denied())::keeps;
    }
}
