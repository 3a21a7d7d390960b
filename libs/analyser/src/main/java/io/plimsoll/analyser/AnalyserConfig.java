package io.plimsoll.analyser;

import io.plimsoll.messaging.lease.OwnAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every knob of an analyser, the same for all of them. */
@ConfigMapping(prefix = "plimsoll.analyser")
public interface AnalyserConfig {

    /** The brokers, {@code host:port}, several separated by commas. */
    String kafka();

    /** Kafka's own client settings for a listener that asks who one is (security., sasl., ssl.); empty where it is plain. */
    Optional<Path> kafkaAccess();

    /** How many partitions the cluster topics have; it never changes in the life of an installation. */
    @WithDefault("12")
    int partitions();

    /** Where other services reach this replica, {@code host:port}. */
    OwnAddress address();

    /** How long a partition stays with a replica that is silent. Shorter means a faster change of hands and more writes. */
    @WithDefault("6s")
    Duration leaseTerm();
}
