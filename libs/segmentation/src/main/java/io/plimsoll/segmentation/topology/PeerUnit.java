package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;

/** Which pods are one peer in an answer. */
public enum PeerUnit {
    /** Pods of one top owner, an owner that was not given taken at its name; nothing is guessed about owners of owners. */
    OWNER,
    /** As owners, but what makes pods is not folded into an owner of its own that is not in the input, such as an operator's. */
    CONTROLLER,
    /** Each pod by itself, and each owner for the pods it will make. */
    POD;

    /** The peers of a cluster in the order of their identity. */
    public List<Workload> of(ClusterState state) {
        return new FollowedPeers(state, this).all();
    }
}
