package io.plimsoll.audit.access;

import io.plimsoll.kubernetes.Resource;
import java.util.Set;

/**
 * What one binding gives its subjects.
 *
 * @param role {@code ClusterRole/admin}
 * @param known false when the role is neither in the input nor built in: its powers cannot be told
 * @param clusterWide whether it holds in every namespace
 */
public record Grant(Resource binding, String role, boolean known, boolean clusterWide, Set<Power> powers) {

    public Grant {
        powers = Set.copyOf(powers);
    }
}
