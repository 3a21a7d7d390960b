package io.plimsoll.segmentation.suggest;

/** As which kind policies are written. */
public enum Form {
    /** NetworkPolicy (networking.k8s.io/v1). */
    NETWORK_POLICY,
    /** ClusterNetworkPolicy (policy.networking.k8s.io/v1alpha2) of the tier Baseline, so that every NetworkPolicy comes before it. */
    CLUSTER_NETWORK_POLICY
}
