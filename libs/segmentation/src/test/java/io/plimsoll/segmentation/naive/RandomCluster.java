package io.plimsoll.segmentation.naive;

import io.plimsoll.kernel.ClusterMode;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.manifest.ClusterStateBuilder;
import io.plimsoll.kubernetes.manifest.Document;
import io.plimsoll.kubernetes.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A valid cluster made of a seed, as plain maps: few names, labels and ports, so that they meet often. */
record RandomCluster(List<Map<String, Object>> objects) {

    static final List<String> NAMESPACES = List.of("one", "two", "three");
    private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");
    static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");
    static final List<Integer> PORTS = List.of(53, 80, 443, 8080);
    static final List<String> NAMES = List.of("http", "dns");
    private static final Map<String, List<String>> BLOCKS = Map.of(
            "0.0.0.0/0", List.of("10.0.0.0/8", "10.1.2.3/32"),
            "10.0.0.0/8", List.of("10.0.0.0/9", "10.255.0.0/16"),
            "10.1.0.0/16", List.of("10.1.2.3/32"),
            "fd00::/8", List.of("fd00::/16", "fdff::/16"));

    /** Addresses at and beside the boundaries of all blocks. */
    static final List<String> ADDRESSES = List.of(
            "0.0.0.0",
            "9.255.255.255",
            "10.0.0.0",
            "10.1.2.2",
            "10.1.2.3",
            "10.1.2.4",
            "10.127.255.255",
            "10.128.0.0",
            "10.255.0.0",
            "10.255.255.255",
            "11.0.0.0",
            "255.255.255.255",
            "::",
            "fcff::1",
            "fd00::",
            "fd00:ffff::",
            "fd01::",
            "fdfe:ffff::",
            "fdff::",
            "fe00::");

    static RandomCluster of(long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (String namespace : NAMESPACES.subList(0, 2)) {
            objects.add(object("v1", "Namespace", "", namespace, Map.of("labels", labels(random)), Map.of()));
        }
        int workloads = 2 + random.nextInt(4);
        for (int i = 0; i < workloads; i++) {
            addWorkload(objects, "w" + i, random);
        }
        int policies = random.nextInt(6);
        for (int i = 0; i < policies; i++) {
            objects.add(policy("p" + i, any(NAMESPACES, random), spec(random)));
        }
        return new RandomCluster(objects);
    }

    /** As {@link #of}, with policies of the tiers above and below NetworkPolicy. */
    static RandomCluster ofAllTiers(long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> objects = new ArrayList<>(of(seed).objects());
        boolean old = random.nextBoolean();
        int admins = 1 + random.nextInt(3);
        for (int i = 0; i < admins; i++) {
            objects.add(old ? RandomTiers.admin("a" + i, random) : RandomTiers.cluster("Admin", "a" + i, random));
        }
        int baselines = random.nextInt(old ? 2 : 3);
        for (int i = 0; i < baselines; i++) {
            objects.add(old ? RandomTiers.baselineAdmin(random) : RandomTiers.cluster("Baseline", "b" + i, random));
        }
        return new RandomCluster(objects);
    }

    /** The same cluster, where every pod is a pod of its own whose addresses are known. */
    RandomCluster withKnownAddresses() {
        List<Map<String, Object>> known = new ArrayList<>();
        for (Map<String, Object> object : objects) {
            Map<String, Object> copy = new LinkedHashMap<>(object);
            if ("Deployment".equals(object.get("kind"))) {
                continue;
            }
            if ("Pod".equals(object.get("kind")) && !object.containsKey("status")) {
                copy.put("status", Map.of("podIPs", List.of(Map.of("ip", "10.1.2.3"))));
            }
            known.add(copy);
        }
        return new RandomCluster(known);
    }

    static Map<String, Object> policy(String name, String namespace, Map<String, Object> spec) {
        return object("networking.k8s.io/v1", "NetworkPolicy", namespace, name, Map.of(), spec);
    }

    RandomCluster with(Map<String, Object> object) {
        List<Map<String, Object>> more = new ArrayList<>(objects);
        more.add(object);
        return new RandomCluster(more);
    }

    static boolean isPolicy(Map<String, Object> object) {
        return "NetworkPolicy".equals(object.get("kind"));
    }

    ClusterState state() {
        ClusterStateBuilder builder = new ClusterStateBuilder("test", ClusterMode.MANIFESTS);
        objects.forEach(object -> builder.add(new Document(value(object), Source.NONE), "", problem -> {
            throw new AssertionError(problem.toString());
        }));
        return builder.build();
    }

    static Map<String, Object> rule(String peersField, Random random) {
        Map<String, Object> rule = new LinkedHashMap<>();
        if (random.nextInt(4) > 0) {
            rule.put(peersField, many(random.nextInt(3), () -> peer(random)));
        }
        if (random.nextInt(3) > 0) {
            rule.put("ports", many(random.nextInt(3), () -> port(random)));
        }
        return rule;
    }

    /** A pod by itself, a Deployment, or two pods of one owner that may differ. */
    static void addWorkload(List<Map<String, Object>> objects, String name, Random random) {
        String namespace = any(NAMESPACES, random);
        switch (random.nextInt(3)) {
            case 0 ->
                objects.add(addressed(
                        object("v1", "Pod", namespace, name, Map.of("labels", labels(random)), podSpec(random)),
                        random));
            case 1 -> {
                Map<String, Object> template =
                        Map.of("metadata", Map.of("labels", labels(random)), "spec", podSpec(random));
                objects.add(object("apps/v1", "Deployment", namespace, name, Map.of(), Map.of("template", template)));
            }
            default -> {
                Map<String, Object> owner = Map.of("apiVersion", "apps/v1", "kind", "StatefulSet", "name", name);
                for (String pod : List.of(name + "-0", name + "-1")) {
                    objects.add(addressed(
                            object(
                                    "v1",
                                    "Pod",
                                    namespace,
                                    pod,
                                    Map.of("labels", labels(random), "ownerReferences", List.of(owner)),
                                    podSpec(random)),
                            random));
                }
            }
        }
    }

    /** Most pods run, some with an address of each family. */
    private static Map<String, Object> addressed(Map<String, Object> pod, Random random) {
        List<Object> addresses = new ArrayList<>();
        if (random.nextInt(4) > 0) {
            addresses.add(Map.of("ip", any(List.of("10.1.2.3", "10.200.0.1", "192.168.7.7"), random)));
            if (random.nextInt(3) == 0) {
                addresses.add(Map.of("ip", any(List.of("fd00::1", "2001:db8::1"), random)));
            }
        }
        if (!addresses.isEmpty()) {
            pod.put("status", Map.of("podIPs", addresses));
        }
        return pod;
    }

    private static Map<String, Object> podSpec(Random random) {
        List<Object> ports = many(random.nextInt(3), () -> {
            Map<String, Object> port = new LinkedHashMap<>();
            port.put("containerPort", any(PORTS, random));
            port.put("name", any(NAMES, random));
            if (random.nextBoolean()) {
                port.put("protocol", any(PROTOCOLS, random));
            }
            return port;
        });
        return Map.of("containers", List.of(Map.of("name", "main", "ports", ports)));
    }

    static Map<String, Object> labels(Random random) {
        Map<String, Object> labels = new LinkedHashMap<>();
        for (String key : List.of("app", "tier")) {
            if (random.nextInt(3) > 0) {
                labels.put(key, any(List.of("x", "y"), random));
            }
        }
        return labels;
    }

    static Map<String, Object> spec(Random random) {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("podSelector", selector(random));
        List<List<Object>> types =
                List.of(List.of(), List.of("Ingress"), List.of("Egress"), List.of("Ingress", "Egress"));
        if (random.nextBoolean()) {
            spec.put("policyTypes", any(types, random));
        }
        if (random.nextInt(4) > 0) {
            spec.put("ingress", many(random.nextInt(3), () -> rule("from", random)));
        }
        if (random.nextInt(4) > 0) {
            spec.put("egress", many(random.nextInt(3), () -> rule("to", random)));
        }
        return spec;
    }

    static Map<String, Object> selector(Random random) {
        Map<String, Object> selector = new LinkedHashMap<>();
        if (random.nextInt(3) == 0) {
            selector.put("matchLabels", labels(random));
        }
        if (random.nextInt(3) == 0) {
            String operator = any(OPERATORS, random);
            Map<String, Object> expression = new LinkedHashMap<>();
            expression.put("key", any(List.of("app", "tier", "kubernetes.io/metadata.name"), random));
            expression.put("operator", operator);
            if (operator.endsWith("In")) {
                expression.put("values", List.of(any(List.of("x", "one"), random), any(List.of("z", "two"), random)));
            }
            selector.put("matchExpressions", List.of(expression));
        }
        return selector;
    }

    private static Map<String, Object> peer(Random random) {
        Map<String, Object> peer = new LinkedHashMap<>();
        switch (random.nextInt(4)) {
            case 0 -> peer.put("podSelector", selector(random));
            case 1 -> peer.put("namespaceSelector", selector(random));
            case 2 -> {
                peer.put("namespaceSelector", selector(random));
                peer.put("podSelector", selector(random));
            }
            default -> {
                String cidr = any(BLOCKS.keySet().stream().sorted().toList(), random);
                List<String> excepts = BLOCKS.getOrDefault(cidr, List.of());
                Map<String, Object> block = new LinkedHashMap<>();
                block.put("cidr", cidr);
                if (random.nextBoolean()) {
                    block.put("except", excepts.subList(0, random.nextInt(excepts.size() + 1)));
                }
                peer.put("ipBlock", block);
            }
        }
        return peer;
    }

    private static Map<String, Object> port(Random random) {
        Map<String, Object> port = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            port.put("protocol", any(PROTOCOLS, random));
        }
        switch (random.nextInt(4)) {
            case 0 -> port.put("port", any(NAMES, random));
            case 1 -> port.put("port", any(PORTS, random));
            case 2 -> {
                port.put("port", any(PORTS, random));
                port.put("endPort", 8080 + random.nextInt(2));
            }
            default -> {}
        }
        return port;
    }

    static Map<String, Object> object(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            Map<String, Object> moreMetadata,
            Map<String, Object> spec) {
        Map<String, Object> metadata = new LinkedHashMap<>(moreMetadata);
        metadata.put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", apiVersion);
        object.put("kind", kind);
        object.put("metadata", metadata);
        object.put("spec", spec);
        return object;
    }

    static <T> T any(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    static List<Object> many(int count, java.util.function.Supplier<Object> each) {
        List<Object> many = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            many.add(each.get());
        }
        return many;
    }

    private static Value value(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                Map<String, Value> fields = new LinkedHashMap<>();
                map.forEach((key, each) -> fields.put((String) key, value(each)));
                yield new Value.Obj(fields, 0);
            }
            case List<?> list ->
                new Value.Arr(list.stream().map(RandomCluster::value).toList(), 0);
            case Integer number -> new Value.Num(BigDecimal.valueOf(number), 0);
            case String text -> new Value.Text(text, 0);
            case Boolean bool -> new Value.Bool(bool, 0);
            default -> throw new IllegalArgumentException("no value: " + plain);
        };
    }
}
