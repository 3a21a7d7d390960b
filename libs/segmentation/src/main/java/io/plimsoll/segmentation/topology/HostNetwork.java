package io.plimsoll.segmentation.topology;

/** How pods on the host's network are treated; Kubernetes leaves it to the network plugin. */
public enum HostNetwork {
    /** As their node, the usual way: no policy selects them, their traffic comes from the node's address. */
    AS_NODE,
    /** As any other pod. */
    AS_POD
}
