package io.plimsoll.networksegmentation.flow;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.FollowedReachability;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cluster from state to state: the analysis of each is made of the one before it, whichever of the two is the later. Any thread. */
final class FollowedCluster {

    private @Nullable FollowedReachability followed;
    private ReachabilityOptions options = ReachabilityOptions.DEFAULTS;

    /**
     * An analysis with what it was made by.
     *
     * @param peers in the order of identity
     */
    record Analysis(Reachability reachability, ReachabilityOptions options, List<Workload> peers) {}

    synchronized Analysis at(ClusterState state) {
        FollowedReachability before = followed;
        List<ResourceChange> changes = before == null ? List.of() : before.changesTo(state);
        ReachabilityOptions now = before != null && changes.stream().noneMatch(this::mayChangeFamilies)
                ? options
                : ReachabilityOptions.showingFamiliesOf(state, HostNetwork.AS_NODE);
        // Until it is through: what failed half way is not to be followed.
        followed = null;
        FollowedReachability next =
                before == null || !now.equals(options) ? new FollowedReachability(state, PeerUnit.OWNER, now) : before;
        Reachability reachability = next.equals(before) ? next.after(changes) : next.now();
        followed = next;
        options = now;
        return new Analysis(reachability, now, reachability.workloads());
    }

    /** External addresses of a family are shown where a policy or a pod has some. */
    private boolean mayChangeFamilies(ResourceChange change) {
        return change.id().kind().endsWith("Policy")
                || change.id().kind().equals("Pod")
                        && (options.families().contains(AddressFamily.IPV6)
                                || change.now().filter(FollowedCluster::isIpv6).isPresent());
    }

    private static boolean isIpv6(Resource pod) {
        return pod.body().items("status", "podIPs").stream()
                .anyMatch(address -> address.text("ip").indexOf(':') >= 0);
    }
}
