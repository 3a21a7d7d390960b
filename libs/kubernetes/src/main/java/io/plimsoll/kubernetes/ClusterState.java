package io.plimsoll.kubernetes;

import io.plimsoll.kernel.ClusterMode;
import java.util.List;

/**
 * One cluster at one moment: its resources in the order of their identity, each identity once (with its variants).
 * Immutable, any thread.
 */
public record ClusterState(String name, ClusterMode mode, List<Resource> resources) {

    public ClusterState {
        resources = InOrder.of(resources);
    }

    /**
     * The same of what is kept in order anyway.
     *
     * @param sorted in the order of their identity, each identity once
     */
    public static ClusterState ofSorted(String name, ClusterMode mode, List<Resource> sorted) {
        return new ClusterState(name, mode, InOrder.ofSorted(sorted));
    }

    /** The resources of one kind in any of the groups, in the order of identity. */
    public List<Resource> all(String kind, String... groups) {
        List<Resource> ofKind = InOrder.of(resources).ofKind(kind);
        return groups.length == 0
                ? ofKind
                : ofKind.stream().filter(each -> each.is(kind, groups)).toList();
    }
}
