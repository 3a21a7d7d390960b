package io.plimsoll.segmentation.naive;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One question at a time, as the API reference of NetworkPolicy reads, on the objects as parsed: no classes, no sets of ports.
 * Knows nothing of the engine. Objects must be valid.
 */
final class SpecEvaluator {

    /** One end: a pod, or an address when {@code address} is set. */
    record End(String workload, String namespace, Map<String, String> labels, List<Object> containers, String address) {

        static End outside(String address) {
            return new End("", "", Map.of(), List.of(), address);
        }

        boolean isPod() {
            return address.isEmpty();
        }
    }

    private final List<Map<String, Object>> objects;

    SpecEvaluator(List<Map<String, Object>> objects) {
        this.objects = objects;
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
                pods.add(pod(workload, namespace, meta, map(object.get("spec"))));
            } else if ("Deployment".equals(object.get("kind"))) {
                Map<String, Object> template = map(map(object.get("spec")).get("template"));
                String workload = namespace + "/" + meta.get("name") + "[Deployment]";
                pods.add(pod(workload, namespace, map(template.get("metadata")), map(template.get("spec"))));
            }
        }
        return pods;
    }

    private static End pod(String workload, String namespace, Map<String, Object> meta, Map<String, Object> spec) {
        return new End(workload, namespace, labels(meta.get("labels")), list(spec.get("containers")), "");
    }

    boolean allows(End source, End destination, String protocol, int port) {
        return (!source.isPod() || side("Egress", source, destination, destination, protocol, port))
                && (!destination.isPod() || side("Ingress", destination, source, destination, protocol, port));
    }

    /** A pod that no policy selects for the direction is open; else one rule of any selecting policy must allow. */
    private boolean side(String type, End subject, End peer, End destination, String protocol, int port) {
        boolean selected = false;
        for (Map<String, Object> object : objects) {
            if (!"NetworkPolicy".equals(object.get("kind"))
                    || !subject.namespace().equals(map(object.get("metadata")).get("namespace"))) {
                continue;
            }
            Map<String, Object> spec = map(object.get("spec"));
            if (!types(spec).contains(type) || !selects(map(spec.get("podSelector")), subject.labels())) {
                continue;
            }
            selected = true;
            for (Object rule : list(spec.get(type.equals("Ingress") ? "ingress" : "egress"))) {
                List<Object> peers = list(map(rule).get(type.equals("Ingress") ? "from" : "to"));
                if (peerAllowed(peers, subject.namespace(), peer)
                        && portAllowed(list(map(rule).get("ports")), destination, protocol, port)) {
                    return true;
                }
            }
        }
        return !selected;
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
                            : selects(map(each.get("namespaceSelector")), namespaceLabels(peer.namespace())))
                    && (each.get("podSelector") == null || selects(map(each.get("podSelector")), peer.labels()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean portAllowed(List<Object> ports, End destination, String protocol, int port) {
        if (ports.isEmpty()) {
            return true;
        }
        for (Object item : ports) {
            Map<String, Object> each = map(item);
            if (!protocol.equals(each.getOrDefault("protocol", "TCP"))) {
                continue;
            }
            Object wanted = each.get("port");
            if (wanted == null
                    || (wanted instanceof String name && hasPort(destination, name, protocol, port))
                    || (wanted instanceof Integer first
                            && first <= port
                            && port <= (Integer) each.getOrDefault("endPort", first))) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasPort(End destination, String name, String protocol, int port) {
        for (Object container : destination.containers()) {
            for (Object item : list(map(container).get("ports"))) {
                Map<String, Object> each = map(item);
                if (name.equals(each.get("name")) && protocol.equals(each.getOrDefault("protocol", "TCP"))) {
                    return Integer.valueOf(port).equals(each.get("containerPort"));
                }
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

    private static boolean selects(Map<String, Object> selector, Map<String, String> labels) {
        for (Map.Entry<String, Object> wanted : map(selector.get("matchLabels")).entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (Object item : list(selector.get("matchExpressions"))) {
            Map<String, Object> each = map(item);
            String value = labels.get((String) each.get("key"));
            boolean listed = value != null && list(each.get("values")).contains(value);
            boolean holds =
                    switch ((String) each.get("operator")) {
                        case "In" -> listed;
                        case "NotIn" -> !listed;
                        case "Exists" -> value != null;
                        case "DoesNotExist" -> value == null;
                        default -> throw new IllegalArgumentException("operator " + each);
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean inBlock(Map<String, Object> block, String address) {
        if (!inCidr(text(block, "cidr"), address)) {
            return false;
        }
        for (Object excepted : list(block.get("except"))) {
            if (inCidr((String) excepted, address)) {
                return false;
            }
        }
        return true;
    }

    private static boolean inCidr(String cidr, String address) {
        String[] parts = cidr.split("/");
        byte[] network = bytes(parts[0]);
        byte[] asked = bytes(address);
        int host = network.length * 8 - Integer.parseInt(parts[1]);
        return network.length == asked.length
                && new BigInteger(1, network).shiftRight(host).equals(new BigInteger(1, asked).shiftRight(host));
    }

    /** Literals only, so nothing is looked up. */
    private static byte[] bytes(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Map<String, String> labels(@Nullable Object labels) {
        Map<String, String> texts = new HashMap<>();
        map(labels).forEach((key, value) -> texts.put(key, (String) value));
        return texts;
    }

    private static String text(Map<String, Object> map, String key) {
        return Objects.requireNonNull((String) map.get(key), key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(@Nullable Object value) {
        return value == null ? List.of() : (List<Object>) value;
    }
}
