package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.messaging.analyser.Snapshot;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One cluster at one revision, as questions about connections see it: the very analysis that {@code plimsoll connections} makes of the same
 * objects, and whose each workload is. Immutable, any thread.
 */
public final class SeenCluster {

    private final Snapshot snapshot;
    private final Reachability reachability;
    private final Map<SubjectId, ResourceId> workloads = new HashMap<>();
    private final Map<ResourceId, String> teams = new HashMap<>();

    /** @param inventory of the snapshot's state: teams come from its subjects */
    SeenCluster(Snapshot snapshot, Inventory inventory) {
        this.snapshot = snapshot;
        List<Workload> peers = PeerUnit.OWNER.of(snapshot.state());
        this.reachability = Reachability.of(
                snapshot.state(), peers, ReachabilityOptions.showingFamiliesOf(snapshot.state(), HostNetwork.AS_NODE));
        Map<SubjectId, String> teamOf = new HashMap<>();
        inventory.subjects().forEach(subject -> teamOf.put(subject.id(), subject.team()));
        for (Workload peer : peers) {
            workloads.putIfAbsent(peer.subjectId(), peer.id());
            // An owner of which only pods were seen is no subject of its own everywhere: it belongs to whoever owns the
            // namespace.
            String ofNamespace = teamOf.getOrDefault(SubjectId.ofNamespace(snapshot.cluster(), peer.namespace()), "");
            teams.put(peer.id(), teamOf.getOrDefault(peer.subjectId(), ofNamespace));
        }
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public Reachability reachability() {
        return reachability;
    }

    /** Empty for a workload that is not there. */
    public Optional<ResourceId> workload(SubjectId id) {
        return Optional.ofNullable(workloads.get(id));
    }

    /** Whether anything in the cluster is the caller's to see. */
    public boolean isSeenBy(Caller caller) {
        return caller.seesAll() || teams.keySet().stream().anyMatch(workload -> isSeenBy(caller, workload));
    }

    public boolean isSeenBy(Caller caller, ResourceId workload) {
        String team = teams.getOrDefault(workload, "");
        return caller.sees(team.isEmpty() ? List.of() : List.of(team));
    }

    /** What is no workload of the cluster is everybody's to see. */
    public boolean isSeenBy(Caller caller, Endpoint end) {
        return switch (end) {
            case Endpoint.OfWorkload workload -> isSeenBy(caller, workload.id());
            case Endpoint.External external -> true;
            case Endpoint.OfStranger stranger -> true;
            case Endpoint.Controller controller -> true;
        };
    }

    /** The subject behind a workload. */
    public static SubjectId subject(ResourceId workload) {
        return new SubjectId(
                SubjectKind.WORKLOAD, workload.cluster(), workload.namespace(), workload.kind(), workload.name(), "");
    }
}
