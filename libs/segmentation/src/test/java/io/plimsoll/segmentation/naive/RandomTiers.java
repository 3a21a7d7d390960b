package io.plimsoll.segmentation.naive;

import static io.plimsoll.segmentation.naive.RandomCluster.NAMES;
import static io.plimsoll.segmentation.naive.RandomCluster.PORTS;
import static io.plimsoll.segmentation.naive.RandomCluster.PROTOCOLS;
import static io.plimsoll.segmentation.naive.RandomCluster.any;
import static io.plimsoll.segmentation.naive.RandomCluster.many;
import static io.plimsoll.segmentation.naive.RandomCluster.object;
import static io.plimsoll.segmentation.naive.RandomCluster.selector;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Random policies of the tiers above and below NetworkPolicy; few priorities, so that some are equal. */
final class RandomTiers {

    private static final List<String> NETWORKS =
            List.of("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "::/0", "fd00::/8");

    private RandomTiers() {}

    static Map<String, Object> admin(String name, Random random) {
        Map<String, Object> spec = spec("Allow", "ports", random);
        spec.put("priority", random.nextInt(4));
        return policy("v1alpha1", "AdminNetworkPolicy", name, spec);
    }

    static Map<String, Object> baselineAdmin(Random random) {
        Map<String, Object> spec = spec("Allow", "ports", random);
        for (String direction : List.of("ingress", "egress")) {
            for (Object rule : SpecMatch.list(spec.get(direction))) {
                SpecMatch.map(rule).replace("action", "Pass", "Deny");
            }
        }
        return policy("v1alpha1", "BaselineAdminNetworkPolicy", "default", spec);
    }

    static Map<String, Object> cluster(String tier, String name, Random random) {
        Map<String, Object> spec = spec("Accept", "protocols", random);
        spec.put("tier", tier);
        spec.put("priority", random.nextInt(4));
        return policy("v1alpha2", "ClusterNetworkPolicy", name, spec);
    }

    private static Map<String, Object> policy(String version, String kind, String name, Map<String, Object> spec) {
        return object("policy.networking.k8s.io/" + version, kind, "", name, Map.of(), spec);
    }

    private static Map<String, Object> spec(String accept, String ports, Random random) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("subject", pods(random));
        spec.put("ingress", many(random.nextInt(4), () -> rule(accept, "from", ports, random)));
        spec.put("egress", many(random.nextInt(4), () -> rule(accept, "to", ports, random)));
        return spec;
    }

    private static Map<String, Object> rule(String accept, String peers, String ports, Random random) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("action", any(List.of(accept, "Deny", "Pass"), random));
        boolean numbers = random.nextBoolean();
        List<Object> asked = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(2); i++) {
            asked.add(peer(peers.equals("to") && numbers, random));
        }
        rule.put(peers, asked);
        if (random.nextInt(3) > 0) {
            rule.put(
                    ports,
                    many(
                            1 + random.nextInt(2),
                            () -> ports.equals("ports") ? adminPort(numbers, random) : clusterPort(numbers, random)));
        }
        return rule;
    }

    private static Map<String, Object> peer(boolean networks, Random random) {
        if (random.nextInt(20) == 0) {
            return Map.of("fromTheFuture", Map.of());
        }
        if (networks && random.nextInt(3) == 0) {
            List<Object> blocks = many(1 + random.nextInt(2), () -> any(NETWORKS, random));
            return Map.of("networks", blocks);
        }
        return pods(random);
    }

    private static Map<String, Object> pods(Random random) {
        return random.nextBoolean()
                ? Map.of("namespaces", selector(random))
                : Map.of("pods", Map.of("namespaceSelector", selector(random), "podSelector", selector(random)));
    }

    private static Map<String, Object> adminPort(boolean numbers, Random random) {
        Map<String, Object> port = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            port.put("protocol", any(PROTOCOLS, random));
        }
        switch (random.nextInt(numbers ? 2 : 3)) {
            case 0 -> {
                port.put("port", any(PORTS, random));
                return Map.of("portNumber", port);
            }
            case 1 -> {
                port.put("start", any(List.of(53, 80, 443), random));
                port.put("end", 8080 + random.nextInt(2));
                return Map.of("portRange", port);
            }
            default -> {
                return Map.of("namedPort", any(NAMES, random));
            }
        }
    }

    private static Map<String, Object> clusterPort(boolean numbers, Random random) {
        String protocol = any(PROTOCOLS, random).toLowerCase(Locale.ROOT);
        return switch (random.nextInt(numbers ? 2 : 3)) {
            case 0 -> Map.of(protocol, Map.of("destinationPort", Map.of("number", any(PORTS, random))));
            case 1 ->
                Map.of(
                        protocol,
                        Map.of(
                                "destinationPort",
                                Map.of("range", Map.of("start", 80, "end", 8080 + random.nextInt(2)))));
            default -> Map.of("destinationNamedPort", any(NAMES, random));
        };
    }
}
