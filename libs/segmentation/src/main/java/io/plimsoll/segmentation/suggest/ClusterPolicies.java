package io.plimsoll.segmentation.suggest;

import static io.plimsoll.segmentation.suggest.Manifest.list;
import static io.plimsoll.segmentation.suggest.Manifest.number;
import static io.plimsoll.segmentation.suggest.Manifest.object;
import static io.plimsoll.segmentation.suggest.Manifest.text;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.policy.PortSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes needs as ClusterNetworkPolicies of the tier Baseline: one that accepts for each workload, and one per namespace behind
 * them that denies pods of the cluster, and addresses outside on the way out. Their ingress rules cannot name addresses.
 */
final class ClusterPolicies {

    /** "Priority is a value from 0 to 1000"; the lower is asked first. */
    private static final int ACCEPTING = 100;

    private static final int DENYING = 900;

    private final Peers peers;
    private final List<Value> dns;

    /** @param dns peers that answer names, as of NetworkPolicy */
    ClusterPolicies(Peers peers, List<Value> dns) {
        this.peers = peers;
        this.dns = dns;
    }

    List<Value> all() {
        List<Value> policies = new ArrayList<>();
        Set<String> namespaces = new TreeSet<>();
        peers.workloads().keySet().forEach(workload -> namespaces.add(workload.namespace()));
        for (ResourceId workload : peers.workloads().keySet()) {
            List<Value> ingress = ingress(workload);
            List<Value> egress = egress(workload);
            if (!ingress.isEmpty() || !egress.isEmpty()) {
                Value subject = object("pods", pods(workload));
                policies.add(policy(
                        workload.namespace() + "-" + NetworkPolicies.name(workload),
                        ACCEPTING,
                        subject,
                        ingress,
                        egress));
            }
        }
        for (String namespace : namespaces) {
            Value everyone = object("namespaces", object());
            Value addresses = object("networks", list(List.of(text("0.0.0.0/0"), text("::/0"))));
            policies.add(policy(
                    "plimsoll-default-deny-" + namespace,
                    DENYING,
                    object("namespaces", Manifest.namespaceNamed(namespace)),
                    List.of(rule("Deny", "from", List.of(everyone), PortSet.ALL)),
                    List.of(rule("Deny", "to", List.of(everyone, addresses), PortSet.ALL))));
        }
        return policies;
    }

    private Value pods(ResourceId workload) {
        return pods(peers, workload);
    }

    static Value pods(Peers peers, ResourceId workload) {
        return object(
                "namespaceSelector",
                Manifest.namespaceNamed(workload.namespace()),
                "podSelector",
                Manifest.selector(peers.selector(workload)));
    }

    private List<Value> ingress(ResourceId workload) {
        List<Value> rules = new ArrayList<>();
        for (Need need : peers.received(workload)) {
            rules.add(rule("Accept", "from", List.of(object("pods", pods(need.source()))), need.ports()));
        }
        if (!peers.fromController(workload).isEmpty()) {
            rules.add(rule("Accept", "from", List.of(object("namespaces", object())), peers.fromController(workload)));
        }
        return rules;
    }

    private List<Value> egress(ResourceId workload) {
        List<Value> rules = new ArrayList<>();
        for (Need need : peers.sent(workload)) {
            rules.add(rule("Accept", "to", List.of(object("pods", pods(need.destination()))), need.ports()));
        }
        if (!peers.toOutside(workload).isEmpty()) {
            Value addresses = object("networks", list(List.of(text("0.0.0.0/0"), text("::/0"))));
            rules.add(rule("Accept", "to", List.of(addresses), peers.toOutside(workload)));
        }
        if (peers.asksNames(workload)) {
            rules.add(rule(
                    "Accept",
                    "to",
                    dns.stream().map(ClusterPolicies::clusterWide).toList(),
                    Suggestions.DNS));
        }
        return rules;
    }

    static Value clusterWide(Value peer) {
        return peer.at("podSelector").present()
                ? object("pods", peer)
                : object("namespaces", peer.at("namespaceSelector"));
    }

    static Value rule(String action, String field, List<Value> others, PortSet ports) {
        Map<String, Value> rule = new LinkedHashMap<>();
        rule.put("action", text(action));
        rule.put(field, list(others));
        if (!ports.isAll()) {
            List<Value> protocols = new ArrayList<>();
            for (PortSet.Span span : ports.toSpans()) {
                Value port = span.first() == span.last()
                        ? object("number", number(span.first()))
                        : object("range", object("start", number(span.first()), "end", number(span.last())));
                protocols.add(object(
                        span.protocol().name().toLowerCase(java.util.Locale.ROOT), object("destinationPort", port)));
            }
            rule.put("protocols", list(protocols));
        }
        return new Value.Obj(rule, 0);
    }

    private static Value policy(String name, int priority, Value subject, List<Value> ingress, List<Value> egress) {
        return object(
                "apiVersion",
                text("policy.networking.k8s.io/v1alpha2"),
                "kind",
                text("ClusterNetworkPolicy"),
                "metadata",
                object("name", text(name)),
                "spec",
                object(
                        "tier",
                        text("Baseline"),
                        "priority",
                        number(priority),
                        "subject",
                        subject,
                        "ingress",
                        list(ingress),
                        "egress",
                        list(egress)));
    }
}
