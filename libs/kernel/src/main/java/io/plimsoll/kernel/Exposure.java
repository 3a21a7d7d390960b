package io.plimsoll.kernel;

/** How a workload can be reached from outside, weakest first (stage-gates 3). */
public enum Exposure {
    NONE,
    /** Only a host port or the host's network, without a known external address of the node. */
    HOST_PORT,
    /** Asked for by a LoadBalancer or NodePort Service outside production. */
    REQUESTED,
    /** Backend of an Ingress, route or gateway, of a production load balancer, or with a public address in status. */
    SHOWN;

    /** True where security gates count the workload as exposed: both shown and requested (the stricter reading). */
    public boolean countsForSecurity() {
        return this == REQUESTED || this == SHOWN;
    }
}
