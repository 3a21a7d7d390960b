package io.plimsoll.messaging.analyser;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import java.util.Collection;
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

    /**
     * Clusters whose answer has changed since the last call though neither their state nor any declaration has: what else the engine
     * knows has moved. Asked by the corridor's thread several times a second; where it is not empty, {@link #fingerprint} is another one.
     */
    default Collection<String> moved() {
        return List.of();
    }

    /** The cluster's partition is another's now: what is kept of it can go. */
    default void forget(String cluster) {}
}
