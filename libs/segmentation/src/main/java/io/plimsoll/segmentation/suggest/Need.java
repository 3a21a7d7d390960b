package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.PortSet;

/**
 * One connection that the input declares to be needed. Ordered by source, then destination.
 *
 * @param ports of the destination's pods
 * @param where the field of the source that names the destination
 */
public record Need(ResourceId source, ResourceId destination, PortSet ports, String where) implements Comparable<Need> {

    /** With the ports of another one of the same pair. */
    Need with(Need other) {
        return new Need(source, destination, ports.union(other.ports), where);
    }

    @Override
    public int compareTo(Need other) {
        int bySource = source.compareTo(other.source);
        return bySource != 0 ? bySource : destination.compareTo(other.destination);
    }
}
