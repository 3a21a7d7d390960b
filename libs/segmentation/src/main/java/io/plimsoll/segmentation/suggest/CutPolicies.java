package io.plimsoll.segmentation.suggest;

import static io.plimsoll.segmentation.suggest.Manifest.list;
import static io.plimsoll.segmentation.suggest.Manifest.number;
import static io.plimsoll.segmentation.suggest.Manifest.object;
import static io.plimsoll.segmentation.suggest.Manifest.text;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.blast.SensitivePaths;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.Connection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Writes policies that keep from one workload whoever the Internet reaches, and leave it to everybody else in the cluster. */
final class CutPolicies {

    private final Peers peers;
    private final ResourceId workload;

    /** Workloads that may send to it, with what they may. */
    private final Map<ResourceId, PortSet> kept = new TreeMap<>();

    private final Set<ResourceId> cut = new TreeSet<>();
    private final Map<String, Set<ResourceId>> byNamespace = new TreeMap<>();

    /** @param reached workloads that the Internet reaches without passing through this one */
    CutPolicies(Reachability before, List<Workload> workloads, SensitivePaths ways, int at, BitSet reached) {
        this.peers = new Peers(workloads, Declarations.none(), List.of());
        this.workload = ways.id(at);
        workloads.forEach(each -> byNamespace
                .computeIfAbsent(each.namespace(), unused -> new TreeSet<>())
                .add(each.id()));
        ways.before(at).stream().forEach(source -> {
            ResourceId id = ways.id(source);
            if (source == at || !reached.get(source)) {
                Connection connection = before.between(id, workload);
                kept.put(id, connection.ports().union(connection.uncertain()));
            } else {
                cut.add(id);
            }
        });
        kept.values().removeIf(PortSet::isEmpty);
    }

    /** One that isolates the workload and allows who may stay; nothing where it cannot be selected. Addresses outside are let in no more. */
    Optional<Value> networkPolicy() {
        if (!peers.workloads().containsKey(workload)) {
            return Optional.empty();
        }
        Map<PortSet, Set<ResourceId>> byPorts = new LinkedHashMap<>();
        kept.forEach((id, ports) ->
                byPorts.computeIfAbsent(ports, unused -> new TreeSet<>()).add(id));
        List<Value> rules = new ArrayList<>();
        byPorts.forEach((ports, sources) -> {
            List<Value> from = peers(sources);
            if (!from.isEmpty()) {
                rules.add(NetworkPolicies.rule("from", from, ports));
            }
        });
        return Optional.of(NetworkPolicies.policy(
                workload.namespace(),
                name(),
                Manifest.selector(peers.selector(workload)),
                rules,
                List.of(),
                true,
                false));
    }

    /** One of the tier Admin that denies those who have to go; nothing where nobody has, as its ingress rules name pods alone. */
    Optional<Value> clusterNetworkPolicy(ClusterState state) {
        List<Value> from = peers(cut).stream().map(ClusterPolicies::clusterWide).toList();
        if (from.isEmpty() || !peers.workloads().containsKey(workload)) {
            return Optional.empty();
        }
        return Optional.of(object(
                "apiVersion",
                text("policy.networking.k8s.io/v1alpha2"),
                "kind",
                text("ClusterNetworkPolicy"),
                "metadata",
                object("name", text(workload.namespace() + "-" + name())),
                "spec",
                object(
                        "tier",
                        text("Admin"),
                        "priority",
                        number(firstAsked(state)),
                        "subject",
                        object("pods", ClusterPolicies.pods(peers, workload)),
                        "ingress",
                        list(List.of(ClusterPolicies.rule("Deny", "from", from, PortSet.ALL))))));
    }

    /** A priority before all of the tier, where there is one. */
    private static long firstAsked(ClusterState state) {
        long first = 101;
        for (Resource each : state.resources()) {
            boolean admin = each.is("AdminNetworkPolicy", "policy.networking.k8s.io")
                    || each.is("ClusterNetworkPolicy", "policy.networking.k8s.io")
                            && each.spec().text("tier").equals("Admin");
            OptionalLong priority = each.spec().at("priority").integer();
            if (admin && priority.isPresent()) {
                first = Math.min(first, priority.getAsLong());
            }
        }
        return Math.max(0, first - 1);
    }

    /** Each namespace of which everybody is meant by its name, others workload by workload. */
    private List<Value> peers(Set<ResourceId> sources) {
        List<Value> written = new ArrayList<>();
        Set<String> namespaces = new TreeSet<>();
        sources.forEach(source -> namespaces.add(source.namespace()));
        for (String namespace : namespaces) {
            Set<ResourceId> mine = byNamespace.getOrDefault(namespace, Set.of());
            Value name = Manifest.namespaceNamed(namespace);
            if (mine.size() > 1 && sources.containsAll(mine)) {
                written.add(object("namespaceSelector", name));
                continue;
            }
            for (ResourceId source : mine) {
                if (sources.contains(source) && peers.workloads().containsKey(source)) {
                    written.add(object(
                            "namespaceSelector", name, "podSelector", Manifest.selector(peers.selector(source))));
                }
            }
        }
        return written;
    }

    private String name() {
        String name = "plimsoll-cut-" + workload.kind().toLowerCase(Locale.ROOT) + "-" + workload.name();
        return name.length() > 200 ? name.substring(0, 200) : name;
    }
}
