package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.manifest.DocumentSink;
import io.plimsoll.kubernetes.manifest.ManifestLimits;
import io.plimsoll.kubernetes.manifest.ManifestReader;
import io.plimsoll.kubernetes.manifest.Problem;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.metrics.SegmentationMetrics;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Difference;
import io.plimsoll.segmentation.reach.Differences;
import io.plimsoll.segmentation.reach.Endpoint;
import io.plimsoll.segmentation.topology.HostNetwork;
import io.plimsoll.segmentation.topology.PeerUnit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A cluster with an overlay laid over it, beside the cluster as it is. Differences are made while they are read, source by source, never
 * stored. Immutable to whoever asks, any thread.
 */
public final class Overlaid {

    /** Something about the overlay that its author should know. */
    public record Said(Source source, String path, String text) {}

    private final SeenCluster cluster;
    private final Reachability before;
    private final Reachability after;
    private final Set<Endpoint> peersBefore;
    private final Set<Endpoint> peersAfter;
    private final List<ResourceId> workloads;
    private final Map<ResourceId, Integer> placesBefore;
    private final Map<ResourceId, Integer> placesAfter;
    private final List<Said> said;
    private final List<ResourceId> missing;
    private final Once<SegmentationMetrics> metrics;

    Overlaid(SeenCluster cluster, Overlay overlay) {
        this.cluster = cluster;
        List<Said> problems = new ArrayList<>();
        ClusterState over = read(cluster, overlay, problems);
        ClusterState state = laid(cluster.snapshot().state(), over, overlay.removals());
        List<Workload> peers = PeerUnit.OWNER.of(state);
        ReachabilityOptions options = ReachabilityOptions.showingFamiliesOf(state, HostNetwork.AS_NODE);
        Set<AddressFamily> families = EnumSet.copyOf(options.families());
        families.addAll(cluster.options().families());
        // A family that only one of the two shows would be a difference everywhere.
        this.before = families.equals(cluster.options().families())
                ? cluster.reachability()
                : Reachability.of(
                        cluster.snapshot().state(),
                        cluster.peers(),
                        new ReachabilityOptions(HostNetwork.AS_NODE, families));
        this.after = Reachability.of(state, peers, new ReachabilityOptions(HostNetwork.AS_NODE, families));
        this.peersBefore = Differences.workloads(cluster.peers());
        this.peersAfter = Differences.workloads(peers);
        this.placesBefore = places(cluster.peers());
        this.placesAfter = places(peers);
        Set<ResourceId> all = new TreeSet<>(placesBefore.keySet());
        all.addAll(placesAfter.keySet());
        this.workloads = List.copyOf(all);
        this.metrics = new Once<>(after::metrics);
        Set<ResourceId> own = new HashSet<>();
        over.resources().forEach(each -> own.add(each.id()));
        after.problems().stream()
                .filter(problem -> own.contains(problem.policy()))
                .forEach(problem -> problems.add(
                        new Said(problem.source(), problem.path(), problem.policy() + ": " + problem.message())));
        this.said = List.copyOf(problems);
        this.missing = overlay.removals().stream()
                .filter(id -> cluster.object(id).isEmpty())
                .toList();
    }

    /** What {@code plimsoll connections --with} reads of the same files. */
    private static ClusterState read(SeenCluster cluster, Overlay overlay, List<Said> problems) {
        ClusterStateBuilder builder = new ClusterStateBuilder(
                cluster.snapshot().cluster(), cluster.snapshot().state().mode());
        DocumentSink sink = new DocumentSink() {
            @Override
            public void document(Document document) {
                builder.add(document, overlay.namespace(), this::problem);
            }

            @Override
            public void problem(Problem problem) {
                problems.add(new Said(problem.source(), "", problem.message()));
            }
        };
        for (Overlay.File file : overlay.files()) {
            try {
                new ManifestReader(ManifestLimits.DEFAULTS)
                        .read(file.name(), new ByteArrayInputStream(file.content()), sink);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return builder.build(sink::problem);
    }

    private static ClusterState laid(ClusterState state, ClusterState over, List<ResourceId> removals) {
        Map<ResourceId, Resource> all = new TreeMap<>();
        state.resources().forEach(each -> all.put(each.id(), each));
        over.resources().forEach(each -> all.put(each.id(), each));
        removals.forEach(all::remove);
        return new ClusterState(state.name(), state.mode(), List.copyOf(all.values()));
    }

    private static Map<ResourceId, Integer> places(List<Workload> peers) {
        Map<ResourceId, Integer> places = new HashMap<>();
        for (Workload peer : peers) {
            places.put(peer.id(), places.size());
        }
        return places;
    }

    /** What was odd about the overlay. */
    public List<Said> said() {
        return said;
    }

    /** What was to be taken away and is not there: only for those who may know what is there. */
    public List<ResourceId> missing() {
        return missing;
    }

    /** The cluster as it would be. */
    public SegmentationMetrics metrics(SharedWork shared) {
        return metrics.get(shared);
    }

    /** How many classes of pods policies would tell apart. */
    public int classes() {
        return after.classes();
    }

    /** Only differences of which every workload is, or would be, the caller's to see. */
    public Rows.Page<Difference> page(Caller caller, Rows.Position from, int size, Until until) {
        return Rows.page(2 * workloads.size() + 1, part -> differences(caller, part), from, size, until);
    }

    private Stream<Difference> differences(Caller caller, int part) {
        if (part < 2 * workloads.size() && !cluster.wouldBeSeenBy(caller, workloads.get(part % workloads.size()))) {
            return Stream.empty();
        }
        return Differences.between(
                        part(before, placesBefore, part), part(after, placesAfter, part), peersBefore, peersAfter)
                .stream()
                .filter(each -> isSeen(caller, each.source()) && isSeen(caller, each.destination()));
    }

    private boolean isSeen(Caller caller, Endpoint end) {
        return !(end instanceof Endpoint.OfWorkload workload) || cluster.wouldBeSeenBy(caller, workload.id());
    }

    /** The part of one state that speaks of the same workload; nothing where it is not there. */
    private List<Connection> part(Reachability state, Map<ResourceId, Integer> places, int part) {
        if (part == 2 * workloads.size()) {
            return state.brought().toList();
        }
        Integer place = places.get(workloads.get(part % workloads.size()));
        if (place == null) {
            return List.of();
        }
        return state.part(part < workloads.size() ? place : places.size() + place)
                .toList();
    }
}
