package io.plimsoll.networksegmentation.flow;

import io.plimsoll.assessment.cluster.ClusterAnalysis;
import io.plimsoll.messaging.analyser.Snapshot;
import io.plimsoll.wire.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The analyses of the clusters asked about lately: made once for each revision, of the one before it, by the first question, while others
 * about the same cluster wait for it. Any thread.
 */
public final class SeenClusters {

    /** Most clusters kept; beyond it the one that was asked about longest ago is analysed anew when it is asked about again. */
    static final int CLUSTERS_MAX = 16;

    /** @param followed what the analysis of the next revision is made of */
    private record Kept(Version revision, FollowedCluster followed, FutureTask<SeenCluster> analysis) {}

    private final ClusterAnalysis engines;

    private final Map<String, Kept> lately = new LinkedHashMap<>(CLUSTERS_MAX, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > CLUSTERS_MAX;
        }
    };

    public SeenClusters(ClusterAnalysis engines) {
        this.engines = engines;
    }

    public SeenCluster of(Snapshot snapshot) {
        FutureTask<SeenCluster> analysis = analysis(snapshot);
        // The first runs it, all others wait.
        analysis.run();
        try {
            return analysis.get();
        } catch (ExecutionException e) {
            forget(snapshot.cluster());
            throw new IllegalStateException("cluster " + snapshot.cluster() + " cannot be analysed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while cluster " + snapshot.cluster() + " is analysed", e);
        }
    }

    private FutureTask<SeenCluster> analysis(Snapshot snapshot) {
        synchronized (lately) {
            Kept kept = lately.get(snapshot.cluster());
            if (kept == null || !kept.revision().equals(snapshot.revision())) {
                FollowedCluster followed = kept == null ? new FollowedCluster() : kept.followed();
                kept = new Kept(
                        snapshot.revision(),
                        followed,
                        new FutureTask<>(() -> new SeenCluster(
                                snapshot,
                                engines.inventory(snapshot.state(), snapshot.declared()),
                                followed.at(snapshot.state()))));
                lately.put(snapshot.cluster(), kept);
            }
            return kept.analysis();
        }
    }

    /** The cluster is another replica's now. */
    public void forget(String cluster) {
        synchronized (lately) {
            lately.remove(cluster);
        }
    }
}
