package io.plimsoll.segmentation.suggest;

import static io.plimsoll.segmentation.suggest.Manifest.list;
import static io.plimsoll.segmentation.suggest.Manifest.number;
import static io.plimsoll.segmentation.suggest.Manifest.object;
import static io.plimsoll.segmentation.suggest.Manifest.text;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.policy.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Writes needs as NetworkPolicies: a default deny per namespace, and one policy for each workload with a need. */
final class NetworkPolicies {

    private final Peers peers;
    private final List<Value> dns;

    /** @param dns peers that answer names */
    NetworkPolicies(Peers peers, List<Value> dns) {
        this.peers = peers;
        this.dns = dns;
    }

    List<Value> all() {
        List<Value> policies = new ArrayList<>();
        Set<String> namespaces = new TreeSet<>();
        peers.workloads().keySet().forEach(workload -> namespaces.add(workload.namespace()));
        for (String namespace : namespaces) {
            policies.add(policy(namespace, "plimsoll-default-deny", object(), List.of(), List.of(), true, true));
        }
        for (ResourceId workload : peers.workloads().keySet()) {
            List<Value> ingress = ingress(workload);
            List<Value> egress = egress(workload);
            if (!ingress.isEmpty() || !egress.isEmpty()) {
                Value subject = Manifest.selector(peers.selector(workload));
                policies.add(policy(
                        workload.namespace(),
                        name(workload),
                        subject,
                        ingress,
                        egress,
                        !ingress.isEmpty(),
                        !egress.isEmpty()));
            }
        }
        return policies;
    }

    static String name(ResourceId workload) {
        String name = "plimsoll-" + workload.kind().toLowerCase(java.util.Locale.ROOT) + "-" + workload.name();
        return name.length() > 253 ? name.substring(0, 253) : name;
    }

    private List<Value> ingress(ResourceId workload) {
        List<Value> rules = new ArrayList<>();
        for (Need need : peers.received(workload)) {
            rules.add(rule("from", List.of(peer(workload, need.source())), need.ports()));
        }
        if (!peers.fromController(workload).isEmpty()) {
            // Which pods serve the Ingress or Route is not told by the input.
            rules.add(rule("from", List.of(object("namespaceSelector", object())), peers.fromController(workload)));
        }
        if (!peers.fromOutside(workload).isEmpty()) {
            rules.add(rule("from", everyAddress(), peers.fromOutside(workload)));
        }
        return rules;
    }

    private List<Value> egress(ResourceId workload) {
        List<Value> rules = new ArrayList<>();
        for (Need need : peers.sent(workload)) {
            rules.add(rule("to", List.of(peer(workload, need.destination())), need.ports()));
        }
        if (!peers.toOutside(workload).isEmpty()) {
            rules.add(rule("to", everyAddress(), peers.toOutside(workload)));
        }
        if (peers.asksNames(workload)) {
            rules.add(rule("to", dns, Suggestions.DNS));
        }
        return rules;
    }

    private Value peer(ResourceId from, ResourceId other) {
        Value pods = Manifest.selector(peers.selector(other));
        return from.namespace().equals(other.namespace())
                ? object("podSelector", pods)
                : object("namespaceSelector", Manifest.namespaceNamed(other.namespace()), "podSelector", pods);
    }

    private static List<Value> everyAddress() {
        return List.of(
                object("ipBlock", object("cidr", text("0.0.0.0/0"))), object("ipBlock", object("cidr", text("::/0"))));
    }

    static Value rule(String field, List<Value> others, PortSet ports) {
        if (ports.isAll()) {
            return object(field, list(others));
        }
        List<Value> written = new ArrayList<>();
        for (PortSet.Span span : ports.toSpans()) {
            Value protocol = text(span.protocol().name());
            written.add(
                    span.first() == span.last()
                            ? object("protocol", protocol, "port", number(span.first()))
                            : object(
                                    "protocol",
                                    protocol,
                                    "port",
                                    number(span.first()),
                                    "endPort",
                                    number(span.last())));
        }
        return object(field, list(others), "ports", list(written));
    }

    static Value policy(
            String namespace,
            String name,
            Value subject,
            List<Value> ingress,
            List<Value> egress,
            boolean isolatesIngress,
            boolean isolatesEgress) {
        List<Value> types = new ArrayList<>();
        if (isolatesIngress) {
            types.add(text("Ingress"));
        }
        if (isolatesEgress) {
            types.add(text("Egress"));
        }
        Map<String, Value> spec = new java.util.LinkedHashMap<>();
        spec.put("podSelector", subject);
        spec.put("policyTypes", list(types));
        if (!ingress.isEmpty()) {
            spec.put("ingress", list(ingress));
        }
        if (!egress.isEmpty()) {
            spec.put("egress", list(egress));
        }
        return object(
                "apiVersion",
                text("networking.k8s.io/v1"),
                "kind",
                text("NetworkPolicy"),
                "metadata",
                object("name", text(name), "namespace", text(namespace)),
                "spec",
                new Value.Obj(spec, 0));
    }
}
