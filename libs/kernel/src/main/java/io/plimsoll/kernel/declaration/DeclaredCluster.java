package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Lifecycle;
import java.util.List;

/**
 * What a cluster is for.
 *
 * @param provider who runs its control plane; empty when nobody said
 * @param nodeAddresses external addresses of its nodes, IP or CIDR
 */
public record DeclaredCluster(String name, Lifecycle lifecycle, String provider, List<String> nodeAddresses) {

    public DeclaredCluster {
        nodeAddresses = List.copyOf(nodeAddresses);
    }
}
