package io.plimsoll.segmentation;

import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.topology.HostNetwork;
import java.util.EnumSet;
import java.util.Set;

/**
 * What Kubernetes leaves to the network plugin, or to taste.
 *
 * @param hostNetwork how pods on the host's network are treated
 * @param families of the external addresses that are listed; at least one
 */
public record ReachabilityOptions(HostNetwork hostNetwork, Set<AddressFamily> families) {

    /** Pods on the host's network are their node; both families are listed. */
    public static final ReachabilityOptions DEFAULTS =
            new ReachabilityOptions(HostNetwork.AS_NODE, EnumSet.allOf(AddressFamily.class));

    public ReachabilityOptions {
        if (families.isEmpty()) {
            throw new IllegalArgumentException("no address family to list");
        }
        families = Set.copyOf(families);
    }
}
