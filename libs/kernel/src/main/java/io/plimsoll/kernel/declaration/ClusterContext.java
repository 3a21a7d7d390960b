package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Lifecycle;
import java.util.List;

/**
 * What people say of one cluster and of the namespaces in it.
 *
 * @param lifecycle what the cluster is for; namespaces that say nothing of their own follow it
 * @param nodeAddressesKnown true when external addresses of its nodes are declared, so that host ports are reached from outside
 */
public record ClusterContext(
        String cluster,
        Lifecycle lifecycle,
        boolean nodeAddressesKnown,
        List<DeclaredTeam> teams,
        List<DeclaredApplication> applications) {

    /** Nothing is said. */
    public static ClusterContext silent(String cluster) {
        return new ClusterContext(cluster, Lifecycle.UNSTATED, false, List.of(), List.of());
    }

    /** The declared owner: a team that names the namespace, else the one team of its applications; empty when there is none. */
    public String owner(String namespace) {
        DeclaredScope.Namespace wanted = new DeclaredScope.Namespace(cluster, namespace);
        for (DeclaredTeam team : teams) {
            if (team.namespaces().contains(wanted)) {
                return team.name();
            }
        }
        List<String> owners = applications.stream()
                .filter(application -> application.namespace().equals(wanted)
                        && !application.team().isEmpty())
                .map(DeclaredApplication::team)
                .distinct()
                .toList();
        return owners.size() == 1 ? owners.getFirst() : "";
    }

    /**
     * The lifecycle of a namespace, given what its labels say: the highest of label and declared applications; where neither says
     * anything, the cluster's. A declaration never lowers what a label says (stage-model 1.8, r3).
     */
    public Lifecycle lifecycle(String namespace, Lifecycle labelled) {
        DeclaredScope.Namespace wanted = new DeclaredScope.Namespace(cluster, namespace);
        Lifecycle highest = labelled;
        for (DeclaredApplication application : applications) {
            if (application.namespace().equals(wanted)
                    && application.lifecycle().compareTo(highest) > 0) {
                highest = application.lifecycle();
            }
        }
        return highest == Lifecycle.UNSTATED ? lifecycle : highest;
    }
}
