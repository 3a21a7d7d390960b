package io.plimsoll.segmentation.naive;

import static io.plimsoll.segmentation.naive.SpecMatch.inBlock;
import static io.plimsoll.segmentation.naive.SpecMatch.labels;
import static io.plimsoll.segmentation.naive.SpecMatch.list;
import static io.plimsoll.segmentation.naive.SpecMatch.map;
import static io.plimsoll.segmentation.naive.SpecMatch.portAllowed;
import static io.plimsoll.segmentation.naive.SpecMatch.text;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One question at a time, as the API references of NetworkPolicy, AdminNetworkPolicy, BaselineAdminNetworkPolicy and
 * ClusterNetworkPolicy read, on the objects as parsed: no classes, no sets of ports. Knows nothing of the engine. Objects must
 * be valid, but for peers of a field from the future.
 */
final class SpecEvaluator {

    /**
     * One end.
     *
     * @param workload empty for an address outside the cluster
     * @param addresses of the pod, or the one outside; none when they are not known
     */
    record End(
            String workload,
            String namespace,
            Map<String, String> labels,
            List<Object> containers,
            List<String> addresses) {

        static End outside(String address) {
            return new End("", "", Map.of(), List.of(), List.of(address));
        }

        boolean isPod() {
            return !workload.isEmpty();
        }

        /** The same end, at one address. */
        End at(String address) {
            return new End(workload, namespace, labels, containers, List.of(address));
        }

        String address() {
            return addresses.getFirst();
        }
    }

    private final List<Map<String, Object>> objects;
    private final SpecTiers tiers;

    SpecEvaluator(List<Map<String, Object>> objects) {
        this.objects = objects;
        this.tiers = new SpecTiers(objects, this::namespaceLabels);
    }

    List<End> pods() {
        List<End> pods = new ArrayList<>();
        for (Map<String, Object> object : objects) {
            Map<String, Object> meta = map(object.get("metadata"));
            String namespace = meta.containsKey("namespace") ? text(meta, "namespace") : "";
            if ("Pod".equals(object.get("kind"))) {
                String workload = namespace + "/" + meta.get("name") + "[Pod]";
                for (Object owner : list(meta.get("ownerReferences"))) {
                    workload = namespace + "/" + map(owner).get("name") + "["
                            + map(owner).get("kind") + "]";
                }
                List<String> addresses = list(map(object.get("status")).get("podIPs")).stream()
                        .map(each -> text(map(each), "ip"))
                        .toList();
                pods.add(pod(workload, namespace, meta, map(object.get("spec")), addresses));
            } else if ("Deployment".equals(object.get("kind"))) {
                Map<String, Object> template = map(map(object.get("spec")).get("template"));
                String workload = namespace + "/" + meta.get("name") + "[Deployment]";
                pods.add(pod(workload, namespace, map(template.get("metadata")), map(template.get("spec")), List.of()));
            }
        }
        return pods;
    }

    private static End pod(
            String workload,
            String namespace,
            Map<String, Object> meta,
            Map<String, Object> spec,
            List<String> addresses) {
        return new End(workload, namespace, labels(meta.get("labels")), list(spec.get("containers")), addresses);
    }

    /**
     * What may come of it: true for passing, false for not; both where policies of equal priority disagree. Each end has
     * exactly one address.
     */
    Set<SpecTiers.Verdict> outcomes(End source, End destination, String protocol, int port) {
        Set<SpecTiers.Verdict> sent = source.isPod()
                ? side("Egress", source, destination, destination, protocol, port)
                : EnumSet.of(SpecTiers.Verdict.ACCEPT);
        Set<SpecTiers.Verdict> received = destination.isPod()
                ? side("Ingress", destination, source, destination, protocol, port)
                : EnumSet.of(SpecTiers.Verdict.ACCEPT);
        Set<SpecTiers.Verdict> both = EnumSet.noneOf(SpecTiers.Verdict.class);
        for (SpecTiers.Verdict one : sent) {
            for (SpecTiers.Verdict other : received) {
                boolean passes = one == SpecTiers.Verdict.ACCEPT && other == SpecTiers.Verdict.ACCEPT;
                both.add(passes ? SpecTiers.Verdict.ACCEPT : SpecTiers.Verdict.DENY);
            }
        }
        return both;
    }

    /** The admin tier; then, of what it leaves or passes, NetworkPolicy; else the baseline tier; else accepted. */
    private Set<SpecTiers.Verdict> side(
            String type, End subject, End peer, End destination, String protocol, int port) {
        Set<SpecTiers.Verdict> verdicts = tiers.verdicts("Admin", type, subject, peer, destination, protocol, port);
        if (!verdicts.remove(SpecTiers.Verdict.PASS)) {
            return verdicts;
        }
        if (selected(type, subject)) {
            verdicts.add(
                    allowed(type, subject, peer, destination, protocol, port)
                            ? SpecTiers.Verdict.ACCEPT
                            : SpecTiers.Verdict.DENY);
            return verdicts;
        }
        verdicts.addAll(tiers.verdicts("Baseline", type, subject, peer, destination, protocol, port));
        if (verdicts.remove(SpecTiers.Verdict.PASS)) {
            verdicts.add(SpecTiers.Verdict.ACCEPT);
        }
        return verdicts;
    }

    private boolean selected(String type, End subject) {
        return objects.stream().anyMatch(object -> selects(object, type, subject));
    }

    /** A pod that no NetworkPolicy selects for the direction is open; else one rule of any selecting policy must allow. */
    private boolean allowed(String type, End subject, End peer, End destination, String protocol, int port) {
        for (Map<String, Object> object : objects) {
            if (!selects(object, type, subject)) {
                continue;
            }
            Map<String, Object> spec = map(object.get("spec"));
            for (Object rule : list(spec.get(type.equals("Ingress") ? "ingress" : "egress"))) {
                List<Object> peers = list(map(rule).get(type.equals("Ingress") ? "from" : "to"));
                if (peerAllowed(peers, subject.namespace(), peer)
                        && portAllowed(list(map(rule).get("ports")), destination, protocol, port)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean selects(Map<String, Object> object, String type, End subject) {
        Map<String, Object> spec = map(object.get("spec"));
        return "NetworkPolicy".equals(object.get("kind"))
                && subject.namespace().equals(map(object.get("metadata")).get("namespace"))
                && types(spec).contains(type)
                && SpecMatch.selects(map(spec.get("podSelector")), subject.labels());
    }

    private static List<Object> types(Map<String, Object> spec) {
        List<Object> written = list(spec.get("policyTypes"));
        if (!written.isEmpty()) {
            return written;
        }
        return list(spec.get("egress")).isEmpty() ? List.of("Ingress") : List.of("Ingress", "Egress");
    }

    private boolean peerAllowed(List<Object> peers, String namespace, End peer) {
        if (peers.isEmpty()) {
            return true;
        }
        for (Object item : peers) {
            Map<String, Object> each = map(item);
            if (each.get("ipBlock") != null) {
                if (!peer.isPod() && inBlock(map(each.get("ipBlock")), peer.address())) {
                    return true;
                }
            } else if (peer.isPod()
                    && (each.get("namespaceSelector") == null
                            ? peer.namespace().equals(namespace)
                            : SpecMatch.selects(map(each.get("namespaceSelector")), namespaceLabels(peer.namespace())))
                    && (each.get("podSelector") == null
                            || SpecMatch.selects(map(each.get("podSelector")), peer.labels()))) {
                return true;
            }
        }
        return false;
    }

    private Map<String, String> namespaceLabels(String name) {
        Map<String, String> labels = new HashMap<>();
        for (Map<String, Object> object : objects) {
            Map<String, Object> meta = map(object.get("metadata"));
            if ("Namespace".equals(object.get("kind")) && name.equals(meta.get("name"))) {
                labels.putAll(labels(meta.get("labels")));
            }
        }
        labels.put("kubernetes.io/metadata.name", name);
        return labels;
    }
}
