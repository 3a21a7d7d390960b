package io.plimsoll.messaging.analyser;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import java.util.List;

/**
 * An engine behind a name. Pure: same state, same declarations, same evidence.
 */
public interface Analyser {

    /** As in topics.yaml, for instance {@code config-audit}. */
    String name();

    /** What else its evidence depends on: engine version and model; a change of it recomputes everything. */
    String fingerprint();

    List<Evidence> analyse(ClusterState state, ClusterContext declared);

    /** The cluster's partition is another's now: what is kept of it can go. */
    default void forget(String cluster) {}
}
