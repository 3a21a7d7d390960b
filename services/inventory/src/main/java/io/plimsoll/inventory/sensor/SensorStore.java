package io.plimsoll.inventory.sensor;

import io.plimsoll.sensing.object.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where it is kept what sensors told; what throws leaves nothing behind. Any thread. */
public interface SensorStore {

    <T extends Object> T inSensor(String cluster, Function<SensorTransaction, T> work);

    /** Cluster of a credential; empty when there is none. */
    Optional<String> clusterOfCredential(String id);

    /** @return false when the cluster has {@code most} already that have not ended */
    boolean add(Credential credential, int most, Instant now);

    /** Oldest first. */
    List<Credential> credentials(String cluster, int most);

    /** The credential as it is then; empty when the cluster has none called so. */
    Optional<Credential> revoke(String cluster, String id, Instant now);

    Optional<SensorRow> sensor(String cluster);

    /** @param id counted over all */
    record NumberedChange(long id, Recorded change) {}

    /**
     * Newest first.
     *
     * @param where namespace, kind and name of what is asked for; empty ones for all
     * @param before number of the last one of the page before
     */
    List<NumberedChange> changes(String cluster, ObjectKey where, long before, int most);
}
