package io.plimsoll.segmentation.entry;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.PortSet;
import java.util.Comparator;
import java.util.Optional;

/**
 * One object that opens ports of one workload. A way in gives no right by itself: policies of the pods still decide.
 *
 * @param object an Ingress, a Route, a route of the Gateway API, a Service, or the workload itself
 * @param service through which it leads; empty where it leads to the pods directly
 * @param ports of the pods, behind the translation of the Service
 * @param controller the workload that serves it, where one alone can be recognised; only behind {@link Door#CONTROLLER}
 * @param internal an internal load balancer or gateway: not the Internet
 * @param sourceHidden whether pods see the address of a node instead of the client's, so that rules by address cannot be relied on
 */
public record WayIn(
        Door door,
        ResourceId object,
        String service,
        ResourceId workload,
        PortSet ports,
        Optional<ResourceId> controller,
        boolean internal,
        boolean sourceHidden,
        Source source)
        implements Comparable<WayIn> {

    private static final Comparator<WayIn> ORDER = Comparator.comparing(WayIn::workload)
            .thenComparing(WayIn::door)
            .thenComparing(WayIn::object)
            .thenComparing(WayIn::service);

    /** By what traffic comes in. */
    public enum Door {
        /** A proxy in the cluster that serves an Ingress, a Route or a Gateway. */
        CONTROLLER,
        LOAD_BALANCER,
        EXTERNAL_ADDRESS,
        NODE_PORT,
        /** A port of the node that is the pod's. */
        HOST_PORT,
        /** The pod listens on the node itself; NetworkPolicy does not protect it. */
        HOST_NETWORK
    }

    @Override
    public int compareTo(WayIn other) {
        return ORDER.compare(this, other);
    }
}
