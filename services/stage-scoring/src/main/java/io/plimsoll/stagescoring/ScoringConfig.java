package io.plimsoll.stagescoring;

import io.plimsoll.messaging.lease.OwnAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every knob of scoring. */
@ConfigMapping(prefix = "plimsoll.scoring")
public interface ScoringConfig {

    /** The brokers, {@code host:port}, several separated by commas. */
    String kafka();

    /** Kafka's own client settings for a listener that asks who one is (security., sasl., ssl.); empty where it is plain. */
    Optional<Path> kafkaAccess();

    /** How many partitions the cluster topics have; it never changes in the life of an installation. */
    @WithDefault("12")
    int partitions();

    /** Where other services reach this replica, {@code host:port}. */
    OwnAddress address();

    /** How long a partition stays with a replica that is silent. */
    @WithDefault("6s")
    Duration leaseTerm();

    /** How long a finding is remembered after it was resolved, at least a day; one that comes back later begins a new history. */
    @WithDefault("180d")
    Duration resolvedFindingsKept();

    /** Most resolved findings remembered, over the whole estate; beyond it those resolved first are forgotten. */
    @WithDefault("500000")
    int resolvedFindingsMax();

    /** Most listeners to events at once; more are refused with {@code too-many}. */
    @WithDefault("200")
    int listenersMax();
}
