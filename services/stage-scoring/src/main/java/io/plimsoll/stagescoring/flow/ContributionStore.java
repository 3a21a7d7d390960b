package io.plimsoll.stagescoring.flow;

import io.plimsoll.messaging.log.RecordSink;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contributions, kept durably. Every write is one transaction, and refuses a former owner of the partition. */
public interface ContributionStore {

    /** Who writes: the lease of the cluster's partition. */
    record Owner(int partition, long generation) {}

    /**
     * What has changed against what is known, as of one moment.
     *
     * @param gone clusters that are no longer there
     */
    record Changes(List<Kept> changed, Set<String> gone) {}

    /** @param known by cluster, the number of the change that is known */
    Changes since(Map<String, Long> known);

    /**
     * Replaces what is kept of the cluster, rows and all; nothing is awaited then.
     *
     * @throws RecordSink.Fenced when the partition has another owner
     */
    void save(Owner owner, Contribution.WithRows contribution);

    /**
     * A newer state waits to be scored. What is kept stands; of a cluster nothing is known of yet, that it is there.
     *
     * @throws RecordSink.Fenced when the partition has another owner
     */
    void await(Owner owner, String cluster, Instant since);

    /**
     * The cluster is no longer there.
     *
     * @param at since when, for the history of its findings
     * @throws RecordSink.Fenced when the partition has another owner
     */
    void remove(Owner owner, String cluster, Instant at);
}
