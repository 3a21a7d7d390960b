package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.PortSet;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Connections that were seen, whoever saw them. That one was not seen does not mean that it is not needed: what is declared counts
 * besides.
 *
 * @param between workloads of the input
 * @param toOutside ports of addresses outside that workloads were seen to send to
 * @param fromOutside ports on which workloads were seen to receive from outside
 */
public record Flows(
        List<Need> between, SortedMap<ResourceId, PortSet> toOutside, SortedMap<ResourceId, PortSet> fromOutside) {

    /** Nobody looked. */
    public static final Flows NONE = new Flows(List.of(), Collections.emptySortedMap(), Collections.emptySortedMap());

    public Flows {
        between = List.copyOf(between);
        toOutside = Collections.unmodifiableSortedMap(new TreeMap<>(toOutside));
        fromOutside = Collections.unmodifiableSortedMap(new TreeMap<>(fromOutside));
    }
}
