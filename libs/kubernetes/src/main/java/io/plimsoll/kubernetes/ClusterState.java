package io.plimsoll.kubernetes;

import io.plimsoll.kernel.ClusterMode;
import java.util.List;

/**
 * One cluster at one moment: its resources in the order of their identity, each identity once (with its variants).
 * Immutable, any thread.
 */
public record ClusterState(String name, ClusterMode mode, List<Resource> resources) {

    public ClusterState {
        resources = resources.stream()
                .sorted(java.util.Comparator.comparing(Resource::id))
                .toList();
    }

    /** The resources of one kind in any of the groups, in the order of identity. */
    public List<Resource> all(String kind, String... groups) {
        return resources.stream().filter(r -> r.is(kind, groups)).toList();
    }
}
