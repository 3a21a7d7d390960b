package io.plimsoll.inventory.flow;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.wire.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A registered cluster.
 *
 * @param partition of all cluster topics; never changes
 * @param revision newest accepted; its number is 0 before the first
 * @param objects how many identities it holds
 * @param accepted when the newest batch was; null before the first
 * @param incomplete a source kept old objects because it failed to parse
 * @param engine fingerprint of what turned its objects into subjects and facts
 */
public record ClusterRow(
        String name,
        ClusterMode mode,
        int partition,
        Version revision,
        long objects,
        @Nullable Instant accepted,
        boolean incomplete,
        String engine) {

    /** The version of its next batch. */
    public Version next() {
        return new Version(revision.epoch(), revision.number() + 1, 0);
    }

    /** As accepted at a version. */
    public ClusterRow at(Version version, long objectsNow, Instant acceptedNow, String engineNow) {
        return new ClusterRow(name, mode, partition, version, objectsNow, acceptedNow, incomplete, engineNow);
    }
}
