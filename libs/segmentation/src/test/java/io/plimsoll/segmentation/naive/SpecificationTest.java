package io.plimsoll.segmentation.naive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** The engine against the specification, and against laws that hold for every cluster. A seed is a cluster. */
class SpecificationTest {

    @Property(tries = 200, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void saysWhatTheSpecificationSays(@ForAll long seed) {
        RandomCluster cluster = RandomCluster.of(seed);
        assertThat(Points.listed(cluster).differencesFrom(Points.specified(cluster)))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void saysWhatTheSpecificationsOfAllTiersSay(@ForAll long seed) {
        RandomCluster cluster = RandomCluster.ofAllTiers(seed).withKnownAddresses();
        assertThat(Points.listed(cluster).differencesFrom(Points.specified(cluster)))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void claimsNothingThatDependsOnAddressesItDoesNotKnow(@ForAll long seed) {
        // Given
        RandomCluster cluster = RandomCluster.ofAllTiers(seed);
        // When
        Points listed = Points.listed(cluster);
        // Then
        Points specified = Points.specified(cluster);
        assertThat(missing(listed.certain(), specified.certain()))
                .as("%s", cluster)
                .isEmpty();
        assertThat(missing(specified.possible(), listed.possible()))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void doesNotCareAboutTheOrderOfPolicies(@ForAll long seed) {
        // Given
        RandomCluster cluster = RandomCluster.of(seed);
        List<Map<String, Object>> renamed = new ArrayList<>();
        int left = cluster.objects().size();
        for (Map<String, Object> object : cluster.objects()) {
            renamed.add(RandomCluster.isPolicy(object) ? named(object, "q" + left--) : object);
        }
        // When
        Points reversed = Points.listed(new RandomCluster(renamed.reversed()));
        // Then
        assertThat(reversed).as("%s", cluster).isEqualTo(Points.listed(cluster));
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void losesNoConnectionByOneMoreRule(@ForAll long seed) {
        // Given
        RandomCluster cluster = RandomCluster.of(seed);
        Random random = new Random(~seed);
        List<Map<String, Object>> more = new ArrayList<>(cluster.objects());
        more.replaceAll(object -> RandomCluster.isPolicy(object) ? withOneMoreRule(object, random) : object);
        // When
        Set<String> after = Points.listed(new RandomCluster(more)).certain();
        // Then
        assertThat(missing(Points.listed(cluster).certain(), after))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void doesNotCountReplicas(@ForAll long seed) {
        // Given
        RandomCluster cluster = RandomCluster.of(seed);
        List<Map<String, Object>> more = new ArrayList<>(cluster.objects());
        for (Map<String, Object> object : cluster.objects()) {
            if (metadata(object).containsKey("ownerReferences")) {
                more.add(named(object, metadata(object).get("name") + "-again"));
            }
        }
        // When
        Points after = Points.listed(new RandomCluster(more));
        // Then
        assertThat(after).as("%s", cluster).isEqualTo(Points.listed(cluster));
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void losesNoConnectionWithoutADefaultDeny(@ForAll long seed) {
        // Given
        RandomCluster cluster = RandomCluster.of(seed);
        RandomCluster denying = cluster.with(RandomCluster.policy(
                "deny", "one", Map.of("podSelector", Map.of(), "policyTypes", List.of("Ingress", "Egress"))));
        // When
        Set<String> without = Points.listed(cluster).certain();
        // Then
        assertThat(missing(Points.listed(denying).certain(), without))
                .as("%s", cluster)
                .isEmpty();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    void isTheSameWithEachRuleInAPolicyOfItsOwn(@ForAll long seed) {
        // Given
        RandomCluster cluster = RandomCluster.of(seed);
        List<Map<String, Object>> split = new ArrayList<>();
        for (Map<String, Object> object : cluster.objects()) {
            split.addAll(RandomCluster.isPolicy(object) ? apart(object) : List.of(object));
        }
        // When
        Points after = Points.listed(new RandomCluster(split));
        // Then
        assertThat(after).as("%s", cluster).isEqualTo(Points.listed(cluster));
    }

    private static Set<String> missing(Set<String> wanted, Set<String> found) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(found);
        return missing;
    }

    /** With ingress in effect, one more ingress rule allows more; its egress stays as it is. */
    private static Map<String, Object> withOneMoreRule(Map<String, Object> policy, Random random) {
        Map<String, Object> spec = new LinkedHashMap<>(map(policy.get("spec")));
        List<Object> rules = new ArrayList<>(list(spec.get("ingress")));
        rules.add(RandomCluster.rule("from", random));
        spec.put("ingress", rules);
        return with(policy, "spec", spec);
    }

    /** The policy without its rules, and one policy per rule. */
    private static List<Map<String, Object>> apart(Map<String, Object> policy) {
        Map<String, Object> spec = map(policy.get("spec"));
        List<Object> types = new ArrayList<>(list(spec.get("policyTypes")));
        if (types.isEmpty()) {
            types.add("Ingress");
            if (!list(spec.get("egress")).isEmpty()) {
                types.add("Egress");
            }
        }
        List<Map<String, Object>> parts = new ArrayList<>();
        parts.add(with(policy, "spec", Map.of("podSelector", map(spec.get("podSelector")), "policyTypes", types)));
        for (Object type : types) {
            String field = type.equals("Ingress") ? "ingress" : "egress";
            for (Object rule : list(spec.get(field))) {
                Map<String, Object> part = Map.of(
                        "podSelector",
                        map(spec.get("podSelector")),
                        "policyTypes",
                        List.of(type),
                        field,
                        List.of(rule));
                parts.add(named(with(policy, "spec", part), metadata(policy).get("name") + "-" + parts.size()));
            }
        }
        return parts;
    }

    private static Map<String, Object> named(Map<String, Object> object, String name) {
        return with(object, "metadata", with(metadata(object), "name", name));
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static Map<String, Object> metadata(Map<String, Object> object) {
        return map(object.get("metadata"));
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
