package io.plimsoll.inventory;

import io.plimsoll.messaging.lease.OwnAddress;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Every knob of inventory. */
@ConfigMapping(prefix = "plimsoll.inventory")
public interface InventoryConfig {

    /** The broker, {@code host:port}, several separated by commas. */
    String kafka();

    /** Kafka's own client settings for a listener that asks who one is (security., sasl., ssl.); empty where it is plain. */
    Optional<Path> kafkaAccess();

    /** Where others reach this replica, {@code host:port}; names it in leases. */
    OwnAddress address();

    /** Folder for spooled uploads. */
    Path data();

    /** Partitions of the cluster topics; set when the platform is installed, never changed. */
    @WithDefault("12")
    int partitions();

    /** Largest upload, in bytes. More is refused by name. */
    @WithDefault("67108864")
    long uploadBytesMax();

    /** Most files of an upload. */
    @WithDefault("15000")
    int uploadFilesMax();

    /** Uploads computed at once; each holds its cluster in memory. Others wait. */
    @WithDefault("2")
    int uploadsAtOnceMax();

    /** Most records in the outbox; above it uploads and declarations are refused until the broker is back. */
    @WithDefault("2000000")
    long outboxRecordsMax();

    /**
     * Most objects of live clusters that are kept as they were read, so that a publication reads and writes only what changed; some 4 KiB of heap each.
     * A cluster that is larger is read whole each time.
     */
    @WithDefault("15000")
    long keptObjectsMax();

    /** How far apart publications of one cluster are while it goes on changing. Longer is less to do for everybody behind, and later evidence. */
    @WithDefault("PT1S")
    Duration apart();

    /** How long the relay waits before it looks for what another replica accepted. */
    @WithDefault("PT0.25S")
    Duration relayPoll();

    /** How long a lane is this replica's without renewal. Shorter moves lanes sooner when a replica dies. */
    @WithDefault("PT10S")
    Duration leaseTerm();
}
