package io.plimsoll.segmentation.naive;

import static io.plimsoll.segmentation.naive.SpecMatch.inCidr;
import static io.plimsoll.segmentation.naive.SpecMatch.list;
import static io.plimsoll.segmentation.naive.SpecMatch.map;
import static io.plimsoll.segmentation.naive.SpecMatch.selects;
import static io.plimsoll.segmentation.naive.SpecMatch.text;

import io.plimsoll.segmentation.naive.SpecEvaluator.End;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tiers above and below NetworkPolicy, as the API reference of policy.networking.k8s.io reads (v1alpha1
 * AdminNetworkPolicy and BaselineAdminNetworkPolicy, v1alpha2 ClusterNetworkPolicy). Knows nothing of the engine.
 */
final class SpecTiers {

    /** What a tier says of a connection; PASS also for one that no rule matches. */
    enum Verdict {
        ACCEPT,
        DENY,
        PASS
    }

    private final List<Map<String, Object>> objects;
    private final Function<String, Map<String, String>> namespaceLabels;

    SpecTiers(List<Map<String, Object>> objects, Function<String, Map<String, String>> namespaceLabels) {
        this.objects = objects;
        this.namespaceLabels = namespaceLabels;
    }

    /** Lower priority values first; of policies with the same one that match, any may be the one applied. */
    Set<Verdict> verdicts(String tier, String type, End subject, End peer, End destination, String protocol, int port) {
        TreeMap<Integer, List<Map<String, Object>>> byPriority = new TreeMap<>();
        for (Map<String, Object> object : objects) {
            if (tier.equals(tier(object))) {
                int priority = (Integer) map(object.get("spec")).getOrDefault("priority", 0);
                byPriority
                        .computeIfAbsent(priority, unused -> new ArrayList<>())
                        .add(object);
            }
        }
        for (List<Map<String, Object>> equal : byPriority.values()) {
            Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
            for (Map<String, Object> policy : equal) {
                Verdict verdict = verdict(policy, type, subject, peer, destination, protocol, port);
                if (verdict != null) {
                    verdicts.add(verdict);
                }
            }
            if (!verdicts.isEmpty()) {
                return verdicts;
            }
        }
        return EnumSet.of(Verdict.PASS);
    }

    private static String tier(Map<String, Object> object) {
        return switch ((String) object.getOrDefault("kind", "")) {
            case "AdminNetworkPolicy" -> "Admin";
            case "BaselineAdminNetworkPolicy" -> "Baseline";
            case "ClusterNetworkPolicy" -> text(map(object.get("spec")), "tier");
            default -> "";
        };
    }

    /** The first rule that matches; null when none does. */
    private @Nullable Verdict verdict(
            Map<String, Object> policy,
            String type,
            End subject,
            End peer,
            End destination,
            String protocol,
            int port) {
        Map<String, Object> spec = map(policy.get("spec"));
        if (!isPod(map(spec.get("subject")), subject)) {
            return null;
        }
        for (Object item : list(spec.get(type.equals("Ingress") ? "ingress" : "egress"))) {
            Map<String, Object> rule = map(item);
            String action = text(rule, "action");
            List<Object> peers = list(rule.get(type.equals("Ingress") ? "from" : "to"));
            if (peers.stream().anyMatch(each -> !known(map(each)))) {
                if (action.equals("Accept") || action.equals("Allow")) {
                    continue;
                }
                return Verdict.DENY;
            }
            boolean everyNetwork = "ClusterNetworkPolicy".equals(policy.get("kind"));
            if (peers.stream().anyMatch(each -> isPeer(map(each), peer, everyNetwork))
                    && isPort(rule, destination, protocol, port)) {
                return switch (action) {
                    case "Accept", "Allow" -> Verdict.ACCEPT;
                    case "Deny" -> Verdict.DENY;
                    case "Pass" -> Verdict.PASS;
                    default -> throw new IllegalArgumentException(action);
                };
            }
        }
        return null;
    }

    private static boolean known(Map<String, Object> peer) {
        return peer.containsKey("namespaces") || peer.containsKey("pods") || peer.containsKey("networks");
    }

    /** Networks of a ClusterNetworkPolicy mean pods too; those of the older kinds are read as external addresses. */
    private boolean isPeer(Map<String, Object> wanted, End peer, boolean everyNetwork) {
        if (wanted.containsKey("networks")) {
            return (everyNetwork || !peer.isPod())
                    && list(wanted.get("networks")).stream().anyMatch(cidr -> inCidr((String) cidr, peer.address()));
        }
        return isPod(wanted, peer);
    }

    private boolean isPod(Map<String, Object> wanted, End pod) {
        if (!pod.isPod()) {
            return false;
        }
        Map<String, String> namespace = namespaceLabels.apply(pod.namespace());
        if (wanted.containsKey("namespaces")) {
            return selects(map(wanted.get("namespaces")), namespace);
        }
        Map<String, Object> pods = map(wanted.get("pods"));
        return selects(map(pods.get("namespaceSelector")), namespace)
                && selects(map(pods.get("podSelector")), pod.labels());
    }

    private static boolean isPort(Map<String, Object> rule, End destination, String protocol, int port) {
        if (!rule.containsKey("ports") && !rule.containsKey("protocols")) {
            return true;
        }
        return list(rule.get("ports")).stream().anyMatch(each -> isAdminPort(map(each), destination, protocol, port))
                || list(rule.get("protocols")).stream()
                        .anyMatch(each -> isClusterPort(map(each), destination, protocol, port));
    }

    private static boolean isAdminPort(Map<String, Object> wanted, End destination, String protocol, int port) {
        if (wanted.containsKey("namedPort")) {
            return SpecMatch.hasPort(destination, text(wanted, "namedPort"), protocol, port);
        }
        if (wanted.containsKey("portNumber")) {
            Map<String, Object> number = map(wanted.get("portNumber"));
            return protocol.equals(number.getOrDefault("protocol", "TCP"))
                    && Integer.valueOf(port).equals(number.get("port"));
        }
        Map<String, Object> range = map(wanted.get("portRange"));
        return protocol.equals(range.getOrDefault("protocol", "TCP")) && inRange(range, port);
    }

    private static boolean isClusterPort(Map<String, Object> wanted, End destination, String protocol, int port) {
        if (wanted.containsKey("destinationNamedPort")) {
            return SpecMatch.hasPort(destination, text(wanted, "destinationNamedPort"), protocol, port);
        }
        String field = protocol.toLowerCase(java.util.Locale.ROOT);
        if (!wanted.containsKey(field)) {
            return false;
        }
        Map<String, Object> asked = map(map(wanted.get(field)).get("destinationPort"));
        return asked.containsKey("range")
                ? inRange(map(asked.get("range")), port)
                : Integer.valueOf(port).equals(asked.get("number"));
    }

    private static boolean inRange(Map<String, Object> range, int port) {
        return (Integer) range.getOrDefault("start", 0) <= port && port <= (Integer) range.getOrDefault("end", 0);
    }
}
