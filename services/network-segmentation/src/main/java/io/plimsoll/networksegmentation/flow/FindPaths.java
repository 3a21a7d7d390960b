package io.plimsoll.networksegmentation.flow;

import io.plimsoll.identity.Caller;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.blast.SensitivePaths.SensitivePath;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Reason;
import io.plimsoll.segmentation.suggest.PathCut;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** From the Internet to what is sensitive, and what cuts the way: the answers of {@code plimsoll paths} for the same objects. */
public final class FindPaths {

    private static final Set<String> CRITICAL = Set.of("critical", "high");

    /**
     * What is called sensitive.
     *
     * @param labels of pods or of their namespace, key to values
     * @param declared whether what runs in namespaces of applications declared high or critical is meant too
     */
    public record Sensitive(
            Set<ResourceId> workloads, Set<String> namespaces, Map<String, Set<String>> labels, boolean declared) {}

    /**
     * A page.
     *
     * @param sensitive how many of the caller's workloads are meant
     * @param reached how many of those may be reached
     */
    public record Found(Rows.Page<SensitivePath> page, int sensitive, int reached) {}

    /**
     * What lets one hop pass.
     *
     * @param egress of the source, in the order asked
     * @param ingress of the destination
     */
    public record Hop(Connection connection, List<Reason> egress, List<Reason> ingress) {}

    private FindPaths() {}

    /** Paths to what is the caller's; they may lead through what is not. */
    public static Found page(
            SeenCluster cluster,
            Caller caller,
            Sensitive sensitive,
            Set<ResourceId> notThrough,
            boolean internal,
            Rows.Position from,
            int size,
            SharedWork shared) {
        Set<ResourceId> meant = meant(cluster, caller, sensitive);
        var ways = cluster.spreading().paths(internal, shared);
        List<SensitivePath> paths = meant.isEmpty() ? List.of() : shared.run(() -> ways.to(meant, notThrough));
        return new Found(Rows.page(paths, from, size), meant.size(), paths.size());
    }

    /** For who may see all of the cluster; nothing where the Internet does not reach the target. */
    public static Optional<PathCut> cut(
            SeenCluster cluster,
            Caller caller,
            ResourceId target,
            Sensitive sensitive,
            boolean internal,
            SharedWork shared) {
        Set<ResourceId> meant = meant(cluster, caller, sensitive);
        meant.add(target);
        return cluster.spreading().cut(target, meant, internal, shared);
    }

    private static Set<ResourceId> meant(SeenCluster cluster, Caller caller, Sensitive sensitive) {
        Set<String> namespaces = new TreeSet<>(sensitive.namespaces());
        if (sensitive.declared()) {
            String name = cluster.snapshot().cluster();
            cluster.snapshot().declared().applications().stream()
                    .filter(application -> CRITICAL.contains(application.criticality())
                            && application.namespace().cluster().equals(name))
                    .forEach(application ->
                            namespaces.add(application.namespace().namespace()));
        }
        Map<String, Map<String, String>> labels = new HashMap<>();
        if (!sensitive.labels().isEmpty()) {
            for (Resource namespace : cluster.snapshot().state().all("Namespace", "")) {
                labels.put(namespace.name(), namespace.labels());
            }
        }
        Set<ResourceId> meant = new TreeSet<>();
        for (Workload workload : cluster.peers()) {
            boolean named = sensitive.workloads().contains(workload.id())
                    || namespaces.contains(workload.namespace())
                    || carries(labels.getOrDefault(workload.namespace(), Map.of()), sensitive.labels())
                    || workload.templates().stream()
                            .map(PodTemplate::labels)
                            .anyMatch(pod -> carries(pod, sensitive.labels()));
            if (named && cluster.isSeenBy(caller, workload.id())) {
                meant.add(workload.id());
            }
        }
        return meant;
    }

    private static boolean carries(Map<String, String> labels, Map<String, Set<String>> wanted) {
        return wanted.entrySet().stream().anyMatch(each -> {
            String value = labels.get(each.getKey());
            return value != null && each.getValue().contains(value);
        });
    }

    /** Whether all of a way is the caller's to see. */
    public static boolean isSeen(SeenCluster cluster, Caller caller, List<ResourceId> way) {
        return way.stream().allMatch(workload -> cluster.isSeenBy(caller, workload));
    }

    /** The steps of a way, one fewer than its workloads. */
    public static List<Hop> hops(SeenCluster cluster, List<ResourceId> way) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 1; i < way.size(); i++) {
            ResourceId from = way.get(i - 1);
            ResourceId to = way.get(i);
            Set<Reason> egress = new LinkedHashSet<>();
            Set<Reason> ingress = new LinkedHashSet<>();
            passing(cluster.reachability().explain(from, to)).forEach(piece -> {
                egress.addAll(piece.egress().reasons());
                ingress.addAll(piece.ingress().reasons());
            });
            hops.add(new Hop(cluster.reachability().between(from, to), List.copyOf(egress), List.copyOf(ingress)));
        }
        return hops;
    }

    private static Stream<Explanation.Piece> passing(Explanation explanation) {
        return explanation.pieces().stream().filter(piece -> piece.outcome() != Explanation.Outcome.DENIED);
    }
}
