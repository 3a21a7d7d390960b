package io.plimsoll.segmentation.policy;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy, as policies of the tiers. "Deny policies take precedence over allow
 * policies, regardless of whether they are a Cilium Network Policy, a Clusterwide Cilium Network Policy or even a Kubernetes
 * Network Policy" (Cilium, Deny Policies): they are asked first. What a rule allows is allowed whatever NetworkPolicies say, as all
 * of them are one union; and what nobody allows to a pod that a policy puts into default deny is denied last.
 *
 * <p>A policy of which one part is not understood is left out whole, so that every verdict it could change is unknown.
 */
final class CiliumPolicies {

    static final String GROUP = "cilium.io";

    private CiliumPolicies() {}

    /** What can be read; what cannot goes to the lists. */
    static List<TieredPolicy> read(ClusterState state, List<PolicyProblem> problems, List<Unanalysed> unanalysed) {
        List<TieredPolicy> read = new ArrayList<>();
        all(state).forEach(resource -> {
            List<Resource> declared = resource.declared();
            if (declared.size() > 1) {
                problems.add(PolicyProblem.declaredTwice(resource));
            }
            List<TieredPolicy> mine = new ArrayList<>();
            boolean whole = true;
            for (Resource each : declared) {
                ProblemLog log = new ProblemLog(each);
                Optional<List<TieredPolicy>> policies = new CiliumReader(each, declared.size() == 1, log).read();
                whole &= policies.isPresent();
                policies.ifPresent(mine::addAll);
                problems.addAll(log.problems());
            }
            if (whole) {
                read.addAll(mine);
            } else {
                unanalysed.add(unanalysed(resource));
            }
        });
        return read;
    }

    /** Beside cluster-wide policies of Kubernetes nobody says who is asked first: then none of them is analysed. */
    static void leave(ClusterState state, List<Unanalysed> unanalysed) {
        all(state).map(CiliumPolicies::unanalysed).forEach(unanalysed::add);
    }

    private static Stream<Resource> all(ClusterState state) {
        return state.resources().stream()
                .filter(resource -> resource.is("CiliumNetworkPolicy", GROUP) || isClusterwide(resource));
    }

    static boolean isClusterwide(Resource resource) {
        return resource.is("CiliumClusterwideNetworkPolicy", GROUP);
    }

    private static Unanalysed unanalysed(Resource resource) {
        boolean clusterwide = isClusterwide(resource);
        return new Unanalysed(
                resource.id(),
                clusterwide ? Unanalysed.Extent.EVERY_NAMESPACE : Unanalysed.Extent.OWN_NAMESPACE,
                clusterwide,
                CiliumSubjects.of(resource),
                resource.source());
    }
}
