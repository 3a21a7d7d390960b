package io.plimsoll.segmentation.naive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.workload.Workloads;
import io.plimsoll.segmentation.Reachability;
import io.plimsoll.segmentation.idle.RuleFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What is said to decide nothing decides nothing: left out, every verdict stays, the specification's and the engine's. */
class IdleRulesTest {

    private static final Pattern PATH =
            Pattern.compile("spec\\.(ingress|egress)(?:\\[(\\d+)])?(?:\\.(from|to)\\[(\\d+)])?");

    @Property(tries = 150, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changesNoVerdictWithoutIdleRulesOfNetworkPolicies(@ForAll long seed) {
        RandomCluster cluster = RandomCluster.of(seed);
        RandomCluster less = without(cluster, findings(cluster));
        assertThat(Points.specified(less).differencesFrom(Points.specified(cluster)))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 250, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changesNoVerdictWithoutIdleRulesOfAnyTier(@ForAll long seed) {
        RandomCluster cluster = RandomCluster.ofAllTiers(seed).withKnownAddresses();
        RandomCluster less = without(cluster, findings(cluster));
        assertThat(Points.specified(less).differencesFrom(Points.specified(cluster)))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changesNoAnswerOfTheEngineWhereAddressesAreNotKnown(@ForAll long seed) {
        RandomCluster cluster = onHosts(RandomCluster.ofAllTiers(seed), seed);
        RandomCluster less = without(cluster, findings(cluster));
        assertThat(Points.listed(less).differencesFrom(Points.listed(cluster)))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void changesNoVerdictWithoutASingleOne(@ForAll long seed) {
        RandomCluster cluster = RandomCluster.ofAllTiers(seed).withKnownAddresses();
        List<RuleFinding> findings = findings(cluster);
        if (findings.isEmpty()) {
            return;
        }
        RuleFinding one = findings.get(new Random(seed).nextInt(findings.size()));
        assertThat(Points.specified(without(cluster, List.of(one))).differencesFrom(Points.specified(cluster)))
                .as("%s in %s", one, cluster)
                .isEmpty();
    }

    private static List<RuleFinding> findings(RandomCluster cluster) {
        ClusterState state = cluster.state();
        return Reachability.of(state, Workloads.of(state)).ruleFindings();
    }

    /** Some bare pods are on the host's network. */
    private static RandomCluster onHosts(RandomCluster cluster, long seed) {
        Random random = new Random(seed);
        List<Map<String, Object>> objects = new ArrayList<>();
        for (Map<String, Object> object : cluster.objects()) {
            if ("Pod".equals(object.get("kind")) && random.nextInt(3) == 0) {
                Map<String, Object> spec = new LinkedHashMap<>(SpecMatch.map(object.get("spec")));
                spec.put("hostNetwork", true);
                objects.add(with(object, "spec", spec));
            } else {
                objects.add(object);
            }
        }
        return new RandomCluster(objects);
    }

    private static RandomCluster without(RandomCluster cluster, List<RuleFinding> findings) {
        List<Map<String, Object>> left = new ArrayList<>();
        for (Map<String, Object> object : cluster.objects()) {
            Map<String, Object> metadata = SpecMatch.map(object.get("metadata"));
            List<String> paths = findings.stream()
                    .filter(finding -> finding.policy().kind().equals(object.get("kind"))
                            && finding.policy().name().equals(metadata.get("name"))
                            && finding.policy().namespace().equals(metadata.getOrDefault("namespace", "")))
                    .map(RuleFinding::path)
                    .toList();
            if (paths.isEmpty()) {
                left.add(object);
            } else if (!paths.contains("spec")) {
                left.add(with(object, "spec", without(object, paths)));
            }
        }
        return new RandomCluster(left);
    }

    private static Map<String, Object> without(Map<String, Object> object, List<String> paths) {
        Map<String, Object> spec = new LinkedHashMap<>(SpecMatch.map(object.get("spec")));
        if (RandomCluster.isPolicy(object)
                && SpecMatch.list(spec.get("policyTypes")).isEmpty()) {
            spec.put(
                    "policyTypes",
                    SpecMatch.list(spec.get("egress")).isEmpty() ? List.of("Ingress") : List.of("Ingress", "Egress"));
        }
        for (String direction : List.of("ingress", "egress")) {
            Set<Integer> rules = new HashSet<>();
            Map<Integer, Set<Integer>> peers = new LinkedHashMap<>();
            for (String path : paths) {
                Matcher matcher = PATH.matcher(path);
                assertThat(matcher.matches()).as(path).isTrue();
                if (!matcher.group(1).equals(direction)) {
                    continue;
                }
                if (matcher.group(2) == null) {
                    spec.remove(direction);
                } else if (matcher.group(4) == null) {
                    rules.add(Integer.parseInt(matcher.group(2)));
                } else {
                    peers.computeIfAbsent(Integer.parseInt(matcher.group(2)), unused -> new HashSet<>())
                            .add(Integer.parseInt(matcher.group(4)));
                }
            }
            if (spec.containsKey(direction)) {
                spec.put(direction, left(SpecMatch.list(spec.get(direction)), rules, peers));
            }
        }
        return spec;
    }

    private static List<Object> left(List<Object> written, Set<Integer> rules, Map<Integer, Set<Integer>> peers) {
        List<Object> left = new ArrayList<>();
        for (int r = 0; r < written.size(); r++) {
            if (rules.contains(r)) {
                continue;
            }
            Map<String, Object> rule = new LinkedHashMap<>(SpecMatch.map(written.get(r)));
            for (String field : List.of("from", "to")) {
                List<Object> kept = new ArrayList<>();
                List<Object> items = SpecMatch.list(rule.get(field));
                for (int p = 0; p < items.size(); p++) {
                    if (!peers.getOrDefault(r, Set.of()).contains(p)) {
                        kept.add(items.get(p));
                    }
                }
                if (rule.containsKey(field)) {
                    rule.put(field, kept);
                }
            }
            left.add(rule);
        }
        return left;
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }
}
