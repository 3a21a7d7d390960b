package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;

/**
 * A policy that was found and could change a verdict, but is not understood yet.
 *
 * @param hosts true when it can also select pods on the host's network, by selecting nodes
 */
public record Unanalysed(ResourceId id, Extent extent, boolean hosts, Source source) {

    /** Whose traffic it can decide. */
    public enum Extent {
        OWN_NAMESPACE,
        EVERY_NAMESPACE,
        /** Decides above addresses and ports, for instance by requests: it never replaces a NetworkPolicy. */
        OTHER_LAYER
    }

    /** A cluster-wide policy of which it cannot be told whom it selects. */
    static Unanalysed everywhere(Resource resource) {
        return new Unanalysed(resource.id(), Extent.EVERY_NAMESPACE, false, resource.source());
    }

    /** Group and kind, for instance {@code cilium.io/CiliumNetworkPolicy}. */
    public String dialect() {
        return id.group() + "/" + id.kind();
    }

    /** True when it could isolate pods of the namespace. */
    public boolean couldSelectIn(String namespace) {
        return switch (extent) {
            case OWN_NAMESPACE -> id.namespace().equals(namespace);
            case EVERY_NAMESPACE -> true;
            case OTHER_LAYER -> false;
        };
    }
}
