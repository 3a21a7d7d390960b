package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.messaging.analyser.Snapshot;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.metrics.SegmentationMetrics;
import io.plimsoll.segmentation.picture.Picture;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.reach.Exposures;
import io.plimsoll.segmentation.suggest.Form;
import io.plimsoll.segmentation.suggest.Suggestions;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One cluster at one revision, as questions about connections see it: the very analysis that {@code plimsoll connections} makes of the same
 * objects, and whose each workload is. What takes long is worked out once, by the first question. Immutable to whoever asks, any thread.
 */
public final class SeenCluster {

    /** Views of a picture that are kept: one for each set of teams that asks. */
    private static final int PICTURES_MAX = 8;

    private final Snapshot snapshot;
    private final ReachabilityOptions options;
    private final List<Workload> peers;
    private final Reachability reachability;
    private final Map<SubjectId, ResourceId> workloads = new HashMap<>();
    private final Map<ResourceId, String> teams = new HashMap<>();
    private final Map<String, String> teamsOfNamespaces = new HashMap<>();
    private final Map<ResourceId, Resource> objects = new HashMap<>();

    /** By workload; null until somebody asks. */
    private volatile @Nullable Map<ResourceId, List<WayIn>> waysIn;

    private final Once<Exposures> exposures;
    private final Once<SegmentationMetrics> metrics;
    private final Map<Form, Once<Suggestions>> suggestions = new EnumMap<>(Form.class);
    private final Lately<String, Picture> pictures = new Lately<>(PICTURES_MAX);
    private final Spreading spreading;

    /**
     * @param inventory of the snapshot's state: teams come from its subjects
     * @param analysis of the same state
     */
    SeenCluster(Snapshot snapshot, Inventory inventory, FollowedCluster.Analysis analysis) {
        this.snapshot = snapshot;
        this.peers = analysis.peers();
        this.options = analysis.options();
        this.reachability = analysis.reachability();
        this.exposures = new Once<>(reachability::exposures);
        this.metrics = new Once<>(reachability::metrics);
        this.spreading = new Spreading(snapshot.state(), peers, options, reachability);
        for (Form form : Form.values()) {
            // As the command does: what others make of a workload is not folded into an owner that is not there.
            suggestions.put(
                    form,
                    new Once<>(() ->
                            Suggestions.of(snapshot.state(), PeerUnit.CONTROLLER.of(snapshot.state()), options, form)));
        }
        Map<SubjectId, String> teamOf = new HashMap<>();
        inventory.subjects().forEach(subject -> teamOf.put(subject.id(), subject.team()));
        for (Resource resource : snapshot.state().resources()) {
            objects.put(resource.id(), resource);
            teamsOfNamespaces.computeIfAbsent(
                    resource.namespace(),
                    namespace -> teamOf.getOrDefault(SubjectId.ofNamespace(snapshot.cluster(), namespace), ""));
        }
        for (String namespace : inventory.namespaces().keySet()) {
            teamsOfNamespaces.computeIfAbsent(
                    namespace, name -> teamOf.getOrDefault(SubjectId.ofNamespace(snapshot.cluster(), name), ""));
        }
        for (Workload peer : peers) {
            workloads.putIfAbsent(peer.subjectId(), peer.id());
            // An owner of which only pods were seen is no subject of its own everywhere: it belongs to whoever owns the
            // namespace.
            String ofNamespace = teamsOfNamespaces.getOrDefault(peer.namespace(), "");
            teams.put(peer.id(), teamOf.getOrDefault(peer.subjectId(), ofNamespace));
        }
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    public Reachability reachability() {
        return reachability;
    }

    ReachabilityOptions options() {
        return options;
    }

    /** In the order of identity. */
    List<Workload> peers() {
        return peers;
    }

    Exposures exposures(SharedWork shared) {
        return exposures.get(shared);
    }

    public SegmentationMetrics metrics(SharedWork shared) {
        return metrics.get(shared);
    }

    Suggestions suggestions(Form form, SharedWork shared) {
        Once<Suggestions> once = suggestions.get(form);
        if (once == null) {
            throw new IllegalStateException("every form has its suggestions");
        }
        return once.get(shared);
    }

    Spreading spreading() {
        return spreading;
    }

    /** What one caller sees of it as boxes and arrows. */
    public Picture picture(Caller caller) {
        return pictures.get(view(caller), view -> reachability.picture(workload -> isSeenBy(caller, workload)));
    }

    /** Equal for callers who see the same. */
    public static String view(Caller caller) {
        return caller.seesAll() ? "all" : new TreeSet<>(caller.visibleTeams()).toString();
    }

    /** Empty for a workload that is not there. */
    public Optional<ResourceId> workload(SubjectId id) {
        return Optional.ofNullable(workloads.get(id));
    }

    /** The object that was read; empty for one that is not there, such as an owner of which only pods were seen. */
    Optional<Resource> object(ResourceId id) {
        return Optional.ofNullable(objects.get(id));
    }

    /** Where an object stood; nowhere for one that is not there. */
    public Source source(ResourceId id) {
        return object(id).map(Resource::source).orElse(Source.NONE);
    }

    List<WayIn> waysIn(ResourceId workload) {
        Map<ResourceId, List<WayIn>> known = waysIn;
        if (known == null) {
            known = new HashMap<>();
            for (WayIn way : reachability.waysIn()) {
                known.computeIfAbsent(way.workload(), unused -> new ArrayList<>())
                        .add(way);
            }
            waysIn = known;
        }
        return known.getOrDefault(workload, List.of());
    }

    /** Whether anything in the cluster is the caller's to see. */
    public boolean isSeenBy(Caller caller) {
        return caller.seesAll() || teams.keySet().stream().anyMatch(workload -> isSeenBy(caller, workload));
    }

    /** Whether the cluster as a whole is the caller's to see, as of a scope: something is their team's, and nothing another's. */
    public boolean isWhollySeenBy(Caller caller) {
        Set<String> owners = new TreeSet<>(teams.values());
        owners.addAll(teamsOfNamespaces.values());
        owners.remove("");
        return caller.sees(owners);
    }

    public boolean isSeenBy(Caller caller, ResourceId workload) {
        String team = teams.getOrDefault(workload, "");
        return caller.sees(team.isEmpty() ? List.of() : List.of(team));
    }

    /** Whether what stands in a namespace is the caller's to see; of what is cluster-wide, whether the whole cluster is. */
    boolean isNamespaceSeenBy(Caller caller, String namespace) {
        if (namespace.isEmpty()) {
            return isWhollySeenBy(caller);
        }
        String team = teamsOfNamespaces.getOrDefault(namespace, "");
        return caller.sees(team.isEmpty() ? List.of() : List.of(team));
    }

    /**
     * As {@link #isSeenBy(Caller, ResourceId)} of a workload that may be new. What is new belongs to whoever owns its namespace as it is; in a
     * namespace that is new as well it is the caller's own idea. So nobody sees more by saying that something is theirs.
     */
    boolean wouldBeSeenBy(Caller caller, ResourceId workload) {
        if (teams.containsKey(workload)) {
            return isSeenBy(caller, workload);
        }
        String team = teamsOfNamespaces.get(workload.namespace());
        return team == null || caller.sees(team.isEmpty() ? List.of() : List.of(team));
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
