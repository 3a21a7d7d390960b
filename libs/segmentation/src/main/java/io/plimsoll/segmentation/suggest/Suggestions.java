package io.plimsoll.segmentation.suggest;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.ReachabilityOptions;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Differences;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Least-privilege policies for a cluster.
 *
 * @param policies manifests, in the order of namespace and workload
 * @param needs what the policies were made from
 * @param notes what a reader should know before applying them, one sentence each
 */
public record Suggestions(List<Value> policies, List<Need> needs, List<String> notes, Proof proof) {

    /** Names are asked on the port of the Service, and on the one that DNS pods of OpenShift listen on. */
    static final PortSet DNS = PortSet.of(Protocol.UDP, 53)
            .union(PortSet.of(Protocol.TCP, 53))
            .union(PortSet.of(Protocol.UDP, 5353))
            .union(PortSet.of(Protocol.TCP, 5353));

    public Suggestions {
        policies = List.copyOf(policies);
        needs = List.copyOf(needs);
        notes = List.copyOf(notes);
    }

    /** As {@link #of(ClusterState, List, ReachabilityOptions, Form, Flows)} where nobody looked what flows. */
    public static Suggestions of(ClusterState state, List<Workload> workloads, ReachabilityOptions options, Form form) {
        return of(state, workloads, options, form, Flows.NONE);
    }

    /**
     * Suggests policies and asks the engine what they do.
     *
     * @param seen connections among these workloads, needed as well as those that are declared
     */
    public static Suggestions of(
            ClusterState state, List<Workload> workloads, ReachabilityOptions options, Form form, Flows seen) {
        Reachability before = Reachability.of(state, workloads, options);
        Declarations declared = Declarations.of(state, workloads, seen);
        Peers peers = new Peers(workloads, declared, before.waysIn());
        List<Value> dns = dns(state);
        List<Value> policies =
                switch (form) {
                    case NETWORK_POLICY -> new NetworkPolicies(peers, dns).all();
                    case CLUSTER_NETWORK_POLICY -> new ClusterPolicies(peers, dns).all();
                };
        Reachability after = Reachability.of(with(state, policies), workloads, options);
        List<Need> cut = declared.needs().stream()
                .filter(need -> isCut(need, before, after))
                .toList();
        long gained = gained(before, after);
        Proof proof = new Proof(before.metrics(), after.metrics(), cut, gained);
        return new Suggestions(policies, declared.needs(), notes(declared, peers, form, proof), proof);
    }

    /** Both have the same workloads, so parts answer each other: all pairs are never held at once. */
    private static long gained(Reachability before, Reachability after) {
        long gained = 0;
        for (int part = 0; part < before.parts(); part++) {
            gained +=
                    Differences.between(
                                    before.part(part).toList(), after.part(part).toList(), Set.of(), Set.of())
                            .stream()
                            .filter(change -> change.type().equals("added"))
                            .count();
        }
        return gained;
    }

    private static boolean isCut(Need need, Reachability before, Reachability after) {
        Connection was = before.between(need.source(), need.destination()).on(need.ports());
        Connection is = after.between(need.source(), need.destination()).on(need.ports());
        return !is.ports().containsAll(was.ports());
    }

    /** The cluster with more objects in it. */
    static ClusterState with(ClusterState state, List<Value> manifests) {
        List<Resource> all = new ArrayList<>(state.resources());
        for (Value manifest : manifests) {
            String[] version = manifest.text("apiVersion").split("/");
            Value metadata = manifest.at("metadata");
            ResourceId id = new ResourceId(
                    state.name(), version[0], manifest.text("kind"), metadata.text("namespace"), metadata.text("name"));
            all.removeIf(each -> each.id().equals(id));
            all.add(new Resource(id, version[1], manifest, Source.NONE, List.of()));
        }
        return new ClusterState(state.name(), state.mode(), all);
    }

    /** The cluster's DNS by the labels its pods have; every namespace where the input does not show it. */
    private static List<Value> dns(ClusterState state) {
        boolean usual = state.all("Service", "").stream()
                .anyMatch(
                        service -> service.spec().at("selector").text("k8s-app").equals("kube-dns"));
        if (usual) {
            return List.of(Manifest.object(
                    "namespaceSelector",
                    Manifest.namespaceNamed("kube-system"),
                    "podSelector",
                    Manifest.object("matchLabels", Manifest.labels(java.util.Map.of("k8s-app", "kube-dns")))));
        }
        return List.of(Manifest.object("namespaceSelector", Manifest.object()));
    }

    private static List<String> notes(Declarations declared, Peers peers, Form form, Proof proof) {
        List<String> notes = new ArrayList<>();
        peers.onHost().forEach(id -> notes.add(id + " is on the host's network: no policy is sure to hold for it"));
        peers.workloads().keySet().forEach(id -> {
            StableLabels.Chosen chosen = peers.selector(id);
            if (!chosen.others().isEmpty()) {
                notes.add(id + " has no label that keeps it apart from " + chosen.others());
            }
        });
        declared.unnamed()
                .forEach((id, hosts) -> hosts.forEach((host, where) ->
                        notes.add(id + " names " + host + " in " + where + ", which is no Service of the input")));
        declared.outside()
                .forEach((id, ports) ->
                        notes.add(id + " sends to addresses outside: every address is allowed on " + ports));
        declared.fromOutside()
                .forEach((id, ports) ->
                        notes.add(id + " was seen to receive from outside: every address is allowed on " + ports));
        if (form == Form.CLUSTER_NETWORK_POLICY) {
            notes.add("ingress from outside the cluster is left as it is: ClusterNetworkPolicy cannot name it");
        }
        if (!proof.falls()) {
            notes.add("no fewer pairs connect: policies of the input allow them, and policies only add up");
        }
        return notes;
    }
}
