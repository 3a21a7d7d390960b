package io.plimsoll.inventory.sensor;

import io.plimsoll.inventory.flow.InventoryStore;
import io.plimsoll.inventory.flow.UploadOrder;
import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Credentials of sensors: issued, listed, revoked. Two at a time let one be rotated without a gap. Any thread. */
public final class Credentials {

    /** Most credentials of a cluster that have not ended. */
    static final int LIVE_MAX = 10;
    /** Most that are listed. */
    private static final int LISTED_MAX = 100;

    private final SensorStore sensors;
    private final InventoryStore clusters;
    private final int partitions;
    private final Clock clock;

    /** @param partitions how many the cluster topics have */
    public Credentials(SensorStore sensors, InventoryStore clusters, int partitions, Clock clock) {
        this.sensors = sensors;
        this.clusters = clusters;
        this.partitions = partitions;
        this.clock = clock;
    }

    /**
     * Registers the cluster, live, where it is unknown.
     *
     * @param expires null: never
     */
    public Credential.Issued issue(String cluster, String by, @Nullable Instant expires) {
        UploadOrder.checkCluster(cluster);
        Instant now = clock.instant();
        if (expires != null && !expires.isAfter(now)) {
            throw new ProblemException(Problem.UNPROCESSABLE, "a credential that has ended before it begins");
        }
        InventoryStore.Registered registered = clusters.register(cluster, ClusterMode.LIVE, partitions);
        if (registered.cluster().mode() != ClusterMode.LIVE) {
            throw new ProblemException(
                    Problem.CONFLICT,
                    "cluster " + cluster + " is seen as files, which never changes: it has no sensor");
        }
        Credential.Issued issued = Credential.issue(cluster, by, expires, now);
        if (!sensors.add(issued.credential(), LIVE_MAX, now)) {
            throw new ProblemException(
                            Problem.TOO_MANY,
                            "cluster " + cluster + " has credentials enough: revoke one of them first")
                    .over(LIVE_MAX + " credentials");
        }
        return issued;
    }

    /** Oldest first. */
    public List<Credential> of(String cluster) {
        return sensors.credentials(cluster, LISTED_MAX);
    }

    public Credential revoke(String cluster, String id) {
        return sensors.revoke(cluster, id, clock.instant())
                .orElseThrow(() ->
                        new ProblemException(Problem.NOT_FOUND, "cluster " + cluster + " has no such credential"));
    }
}
