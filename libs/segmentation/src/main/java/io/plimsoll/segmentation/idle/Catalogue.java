package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.idle.AskedRule.Stage;
import io.plimsoll.segmentation.policy.Action;
import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.NetworkPolicy;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PriorityBand;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.TieredPolicy;
import io.plimsoll.segmentation.policy.TieredRule;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.RulePeers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Every policy with the classes of pods it selects, and every rule under its number. Made once, then only read. */
final class Catalogue {

    /**
     * One reading of a cluster-wide policy.
     *
     * @param band number of its priority within the tier
     */
    record Tiered(TieredPolicy policy, int band, Stage stage, BitSet subjects, Map<Direction, List<AskedRule>> rules) {
        List<AskedRule> rules(Direction direction) {
            return rules.getOrDefault(direction, List.of());
        }
    }

    /**
     * One reading of a NetworkPolicy.
     *
     * @param number of the policy it is a reading of
     */
    record Reading(NetworkPolicy policy, int number, BitSet subjects, Map<Direction, List<AskedRule>> rules) {
        List<AskedRule> rules(Direction direction) {
            return rules.getOrDefault(direction, List.of());
        }
    }

    private final List<Tiered> tiered = new ArrayList<>();
    private final List<Reading> readings = new ArrayList<>();
    private final List<DeclaredPolicy> declared = new ArrayList<>();
    private final List<AskedRule> rules = new ArrayList<>();

    Catalogue(ClassGraph graph, PolicySet policies) {
        RulePeers ofTiers = RulePeers.ofTiers(graph);
        addTier(policies, Tier.ADMIN, Stage.ADMIN, ofTiers);
        addNetworkPolicies(policies, RulePeers.ofNetworkPolicy(graph));
        addTier(policies, Tier.BASELINE, Stage.BASELINE, ofTiers);
    }

    List<Tiered> tiered() {
        return tiered;
    }

    List<Reading> readings() {
        return readings;
    }

    /** The NetworkPolicies by number. */
    List<DeclaredPolicy> declared() {
        return declared;
    }

    List<AskedRule> rules() {
        return rules;
    }

    private void addTier(PolicySet policies, Tier tier, Stage stage, RulePeers peers) {
        int number = 0;
        for (PriorityBand band : policies.tiers().bands(tier)) {
            for (TieredPolicy policy : band.readings()) {
                Map<Direction, List<AskedRule>> asked = new EnumMap<>(Direction.class);
                for (Direction direction : Direction.values()) {
                    List<AskedRule> mine = new ArrayList<>();
                    for (TieredRule rule : policy.rules(direction)) {
                        String name = rule.name().equals(rule.rule().path()) ? "" : rule.name();
                        mine.add(add(stage, direction, rule.action(), name, rule.rule(), isJudged(policy)));
                    }
                    asked.put(direction, mine);
                }
                tiered.add(new Tiered(policy, number, stage, peers.selected(policy.subject()), asked));
            }
            number++;
        }
    }

    /** Of Cilium's policies the rules are not those of the manifest: one may stand for a part of a rule, or for a default. */
    private static boolean isJudged(TieredPolicy policy) {
        return policy.inForce() && !policy.id().group().equals("cilium.io");
    }

    private void addNetworkPolicies(PolicySet policies, RulePeers peers) {
        TreeSet<String> namespaces = new TreeSet<>();
        policies.readings().forEach(policy -> namespaces.add(policy.id().namespace()));
        for (String namespace : namespaces) {
            for (DeclaredPolicy each : policies.in(namespace)) {
                boolean once = each.readings().size() == 1;
                for (NetworkPolicy policy : each.readings()) {
                    Map<Direction, List<AskedRule>> asked = new EnumMap<>(Direction.class);
                    policy.rules()
                            .forEach((direction, list) -> asked.put(
                                    direction,
                                    list.stream()
                                            .map(rule ->
                                                    add(Stage.NETWORK_POLICY, direction, Action.ACCEPT, "", rule, once))
                                            .toList()));
                    BitSet subjects =
                            peers.selected(new Peer.Pods(new Peer.Namespaces.Own(namespace), policy.subject()));
                    readings.add(new Reading(policy, declared.size(), subjects, asked));
                }
                declared.add(each);
            }
        }
    }

    private AskedRule add(Stage stage, Direction direction, Action action, String name, Rule rule, boolean judged) {
        AskedRule asked = new AskedRule(rules.size(), stage, direction, action, name, rule, judged);
        rules.add(asked);
        return asked;
    }
}
