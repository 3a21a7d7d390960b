package io.plimsoll.kernel;

/** How a cluster's objects were seen: as files, or as what runs. It changes what absence means. */
public enum ClusterMode {
    MANIFESTS,
    LIVE
}
