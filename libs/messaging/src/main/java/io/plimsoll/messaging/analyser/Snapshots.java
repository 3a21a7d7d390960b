package io.plimsoll.messaging.analyser;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The newest snapshot of each cluster this replica owns. Any thread. */
public final class Snapshots {

    private final Map<String, Snapshot> newest = new ConcurrentHashMap<>();

    void put(Snapshot snapshot) {
        newest.put(snapshot.cluster(), snapshot);
    }

    void forget(String cluster) {
        newest.remove(cluster);
    }

    public Optional<Snapshot> of(String cluster) {
        return Optional.ofNullable(newest.get(cluster));
    }

    /** How many clusters there are. */
    public int size() {
        return newest.size();
    }
}
