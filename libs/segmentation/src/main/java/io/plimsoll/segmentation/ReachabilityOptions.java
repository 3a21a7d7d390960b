package io.plimsoll.segmentation;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.segmentation.mesh.MeshSettings;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.Vocabulary;
import io.plimsoll.segmentation.topology.HostNetwork;
import java.util.EnumSet;
import java.util.Set;

/**
 * What Kubernetes leaves to the network plugin, or to taste.
 *
 * @param hostNetwork how pods on the host's network are treated
 * @param families of the external addresses that are listed; at least one
 * @param mesh how an Istio mesh is read where manifests leave it open
 */
public record ReachabilityOptions(HostNetwork hostNetwork, Set<AddressFamily> families, MeshSettings mesh) {

    /** Pods on the host's network are their node; both families are listed. */
    public static final ReachabilityOptions DEFAULTS =
            new ReachabilityOptions(HostNetwork.AS_NODE, EnumSet.allOf(AddressFamily.class));

    public ReachabilityOptions {
        if (families.isEmpty()) {
            throw new IllegalArgumentException("no address family to list");
        }
        families = Set.copyOf(families);
    }

    /** With a mesh read as its proxies behave. */
    public ReachabilityOptions(HostNetwork hostNetwork, Set<AddressFamily> families) {
        this(hostNetwork, families, MeshSettings.DEFAULTS);
    }

    /** The same with a mesh read in another way. */
    public ReachabilityOptions with(MeshSettings other) {
        return new ReachabilityOptions(hostNetwork, families, other);
    }

    /** IPv4, and IPv6 only where a policy or a pod of the cluster has such addresses: what people want to see listed. */
    public static ReachabilityOptions showingFamiliesOf(ClusterState state, HostNetwork hostNetwork) {
        boolean ipv6 = Vocabulary.of(PolicySet.of(state)).ranges().stream()
                        .anyMatch(range -> range.family() == AddressFamily.IPV6)
                || state.all("Pod", "").stream()
                        .flatMap(pod -> pod.body().items("status", "podIPs").stream())
                        .anyMatch(address -> address.text("ip").indexOf(':') >= 0);
        return new ReachabilityOptions(
                hostNetwork, ipv6 ? EnumSet.allOf(AddressFamily.class) : EnumSet.of(AddressFamily.IPV4));
    }
}
