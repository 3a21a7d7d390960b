package io.plimsoll.inventory.flow;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kernel.declaration.DeclaredApplication;
import io.plimsoll.kernel.declaration.DeclaredScope;
import io.plimsoll.kernel.declaration.DeclaredTeam;
import java.util.List;

/**
 * What declarations say that one cluster's subjects and facts follow from: where this is equal, so are those.
 *
 * @param owned namespaces of the cluster with their team, as {@code TEAM/NAMESPACE}, in the order said
 * @param applications of the cluster
 */
record Effective(Lifecycle lifecycle, boolean addresses, List<String> owned, List<DeclaredApplication> applications) {

    static Effective of(Declarations said, String cluster) {
        ClusterContext context = said.of(cluster);
        return new Effective(
                context.lifecycle(),
                context.nodeAddressesKnown(),
                context.teams().stream().flatMap(team -> owned(team, cluster)).toList(),
                context.applications().stream()
                        .filter(each -> each.namespace().cluster().equals(cluster))
                        .toList());
    }

    private static java.util.stream.Stream<String> owned(DeclaredTeam team, String cluster) {
        return team.namespaces().stream()
                .filter(each -> each.cluster().equals(cluster))
                .map(DeclaredScope.Namespace::namespace)
                .map(namespace -> team.name() + "/" + namespace);
    }
}
