package io.plimsoll.messaging.analyser;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What an analyser has done since its process began, and what it could not do. Any thread. */
public final class AnalyserFigures {

    private final LongAdder batches = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final Map<String, Integer> parkedResources = new ConcurrentHashMap<>();
    private final Map<String, String> parkedClusters = new ConcurrentHashMap<>();
    private volatile @Nullable Long marked;

    void published(int count) {
        batches.increment();
        records.add(count);
        marked = System.nanoTime();
    }

    void parkedResources(String cluster, int count) {
        if (count == 0) {
            parkedResources.remove(cluster);
        } else {
            parkedResources.put(cluster, count);
        }
    }

    void parked(String cluster, String reason) {
        parkedClusters.put(cluster, reason);
    }

    void analysed(String cluster) {
        parkedClusters.remove(cluster);
    }

    void forget(String cluster) {
        parkedResources.remove(cluster);
        parkedClusters.remove(cluster);
    }

    /** Batches of a cluster turned into evidence and marked. */
    public long batches() {
        return batches.sum();
    }

    /** Records published: evidence, tombstones and marks. */
    public long records() {
        return records.sum();
    }

    /** Records of resources that cannot be read and are left out, of all clusters owned now. */
    public int parkedRecords() {
        return parkedResources.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Clusters owned now whose newest batch the engine failed on, with the failure: their stage stands until a batch succeeds. */
    public Map<String, String> parkedClusters() {
        return Map.copyOf(parkedClusters);
    }

    /** How long ago the last mark was published; empty before any. */
    public Optional<Duration> sinceMark() {
        Long at = marked;
        return at == null ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - at));
    }
}
