package io.plimsoll.inventory.sensor;

import io.plimsoll.inventory.flow.StoredObject;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.sensing.object.LastChange;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.ResourceVersions;
import io.plimsoll.sensing.object.SetDigest;
import io.plimsoll.sensing.resync.Comparison;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one transaction. Outside of rounds what is known to be older than what is held, or than a deletion, is dropped; in a round what the
 * sensor says holds, since it answers what was asked. What is held already is written by nobody, so that a batch that comes twice changes nothing.
 */
final class SensorBatch {

    /** Kinds that change all the time without anybody having wanted anything else: history is not told of them. */
    private static final Set<String> NO_HISTORY = Set.of(
            "/Pod",
            "/Node",
            "apps/ReplicaSet",
            "batch/Job",
            "discovery.k8s.io/EndpointSlice",
            "autoscaling/HorizontalPodAutoscaler");

    private final SensorTransaction transaction;
    private final Instant now;
    private final boolean round;
    private final SensorTransaction.Stamp stamp;
    private final Map<Delivery, String> revisions = new HashMap<>();
    private SensorRow row;
    private SetDigest digest;
    private long objects;
    private int changed;
    private int stale;

    SensorBatch(SensorTransaction transaction, SensorRow row, Instant now) {
        this.transaction = transaction;
        this.row = row;
        this.now = now;
        this.round = row.state() != SensorRow.State.SYNCED;
        this.stamp = new SensorTransaction.Stamp(row.session(), row.sequence() + 1);
        this.digest = row.digest();
        this.objects = row.objects();
    }

    void apply(Collection<SensorChange> changes) {
        List<ObjectKey> keys =
                changes.stream().map(SensorChange::key).distinct().toList();
        SensorTransaction.Known known = transaction.known(keys);
        Map<ObjectKey, SensorTransaction.Held> held = known.held();
        Map<ObjectKey, String> ended = known.ended();
        for (SensorChange change : changes) {
            SensorTransaction.Held before = held.get(change.key());
            String newest = before != null ? before.resourceVersion() : ended.getOrDefault(change.key(), "");
            if (!round && ResourceVersions.isBefore(change.resourceVersion(), newest)) {
                stale++;
                continue;
            }
            switch (change) {
                case SensorChange.Present present -> {
                    if (ended.remove(present.key()) != null) {
                        transaction.revive(present.key());
                    }
                    present(present, before);
                    held.put(
                            present.key(),
                            new SensorTransaction.Held(
                                    present.hash(), present.resourceVersion(), present.generation(), row.session()));
                }
                case SensorChange.Gone gone -> {
                    gone(gone.key(), gone.resourceVersion(), before);
                    held.remove(gone.key());
                    ended.put(gone.key(), gone.resourceVersion());
                }
            }
        }
    }

    private void present(SensorChange.Present present, SensorTransaction.@Nullable Held before) {
        if (before != null && Arrays.equals(before.hash(), present.hash())) {
            boolean moved = !before.resourceVersion().equals(present.resourceVersion());
            if (moved || row.state() == SensorRow.State.SNAPSHOT && before.round() != row.session()) {
                transaction.touch(present.key(), present.resourceVersion(), row.session());
            }
            return;
        }
        transaction.put(present, stamp);
        digest = before == null ? digest : digest.without(present.key(), before.hash());
        digest = digest.with(present.key(), present.hash());
        objects += before == null ? 1 : 0;
        changed++;
        boolean wanted = before == null || before.generation() == 0 || before.generation() != present.generation();
        if (wanted && row.synced() != null && hasHistory(present.key())) {
            transaction.record(new Recorded(
                    present.key(),
                    before == null ? "added" : "changed",
                    now,
                    present.change(),
                    present.delivery().toString(),
                    revision(present.delivery())));
        }
    }

    private void gone(ObjectKey key, String resourceVersion, SensorTransaction.@Nullable Held before) {
        if (before == null) {
            if (!round) {
                transaction.remember(key, resourceVersion, stamp);
            }
            return;
        }
        transaction.remove(key, resourceVersion.isEmpty() ? before.resourceVersion() : resourceVersion, stamp);
        digest = digest.without(key, before.hash());
        objects--;
        changed++;
        if (row.synced() != null && hasHistory(key)) {
            transaction.record(new Recorded(key, "removed", now, LastChange.UNKNOWN, "", ""));
        }
    }

    private static boolean hasHistory(ObjectKey key) {
        return !NO_HISTORY.contains(key.group() + "/" + key.kind());
    }

    private String revision(Delivery delivery) {
        if (delivery.isNone()) {
            return "";
        }
        return revisions.computeIfAbsent(delivery, each -> {
            Optional<Value> delivering = transaction
                    .delivering(each)
                    .map(bytes -> StoredObject.of(bytes).body());
            return delivering.map(each::revision).orElse("");
        });
    }

    /** Forgets objects that the sensor does not have. */
    void forget(Collection<ObjectKey> keys) {
        transaction.known(keys).held().forEach((key, held) -> gone(key, held.resourceVersion(), held));
    }

    /** @param kept of which nothing is known to be gone */
    void endSnapshot(Predicate<ObjectKey> kept) {
        for (Comparison.Hashed each : transaction.notSeenIn(row.session())) {
            if (!kept.test(each.key())) {
                forget(List.of(each.key()));
            }
        }
    }

    /** The row as it is after all that. */
    SensorRow row() {
        row = row.holding(objects, digest);
        return changed > 0 ? row.changed(now) : row;
    }

    int changed() {
        return changed;
    }

    int stale() {
        return stale;
    }
}
