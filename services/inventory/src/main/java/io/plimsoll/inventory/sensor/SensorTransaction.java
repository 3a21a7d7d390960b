package io.plimsoll.inventory.sensor;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.resync.Comparison;
import io.plimsoll.wire.Version;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One transaction on what a cluster's sensor told: nobody else writes of that cluster's sensor meanwhile; all of it is kept or nothing. */
public interface SensorTransaction {

    /** A cluster as far as a sensor needs to know it. */
    record Registered(ClusterMode mode, Version revision, PublishedUpTo published) {}

    /**
     * What is held of an object.
     *
     * @param round session whose snapshot saw it last
     */
    record Held(byte[] hash, String resourceVersion, long generation, long round) {}

    /**
     * By which batch something is written.
     *
     * @param round session of its stream
     * @param sequence that the sensor's row has after it
     */
    record Stamp(long round, long sequence) {}

    /** Empty where no stream was ever opened for the cluster. */
    Optional<SensorRow> row();

    Optional<Registered> registered();

    Optional<Credential> credential(String id);

    /** A stream was opened with it. */
    void used(String credential);

    /**
     * What is known of objects.
     *
     * @param held those that are there
     * @param ended versions of deletions that are remembered
     */
    record Known(Map<ObjectKey, Held> held, Map<ObjectKey, String> ended) {}

    /** The caller's own. */
    Known known(Collection<ObjectKey> keys);

    /**
     * Hashes of what is held behind a key, in order.
     *
     * @param upTo last key, itself included; null for the end
     */
    List<Comparison.Hashed> stretch(ObjectKey after, @Nullable ObjectKey upTo);

    void put(SensorChange.Present object, Stamp stamp);

    /** Its deletion is remembered no more: it has come back. */
    void revive(ObjectKey key);

    /** The same once more: only its version and its round are new. */
    void touch(ObjectKey key, String resourceVersion, long round);

    /** Forgets it and remembers that it was deleted. */
    void remove(ObjectKey key, String resourceVersion, Stamp stamp);

    /** It never was, and is known to be deleted. */
    void remember(ObjectKey key, String resourceVersion, Stamp stamp);

    /** Hashes of what the snapshot of a session did not see. */
    List<Comparison.Hashed> notSeenIn(long round);

    /** The object that delivers, as it is kept; empty where there is none, or several. */
    Optional<byte[]> delivering(Delivery delivery);

    void record(Recorded change);

    void accept(SensorRow row);
}
