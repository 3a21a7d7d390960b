package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.idle.AskedRule.Stage;
import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.RulePeers;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds what decides nothing: rule by rule, against all others that speak for the same pods, at every peer and port. First each rule by
 * itself is tried in every profile until it makes a difference in one; what is left is then left out one after the other, the last asked
 * first, as long as the rest decides the same. One thread.
 */
final class IdleRules {

    /** Grounds are large where there are many peers; so many are kept. */
    private static final int GROUNDS_MAX = 32;

    private final ClassGraph graph;
    private final Catalogue catalogue;
    private final List<Profile> profiles;
    private final Map<NamedPort, PortSet> numbers = new HashMap<>();
    private final BitSet leftOut = new BitSet();
    private final BitSet policiesLeftOut = new BitSet();
    private final Map<Profile, Ground> grounds = new LinkedHashMap<>(GROUNDS_MAX, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Profile, Ground> eldest) {
            return size() > GROUNDS_MAX;
        }
    };

    /** Why each rule that is left out makes no difference. */
    private final Map<Integer, Trial.Reason> reasons = new HashMap<>();

    IdleRules(ClassGraph graph, PolicySet policies) {
        this.graph = graph;
        this.catalogue = new Catalogue(graph, policies);
        this.profiles = Profile.of(catalogue, graph.topology().classes());
        graph.topology()
                .classes()
                .forEach(pod -> pod.ports()
                        .numbers()
                        .forEach((name, number) ->
                                numbers.merge(name, PortSet.of(name.protocol(), number), PortSet::union)));
    }

    Catalogue catalogue() {
        return catalogue;
    }

    /** The rules that can be left out together, with the reasons, by number; of policies that select some pod. */
    Map<Integer, Trial.Reason> rules() {
        Map<Integer, List<Profile>> places = candidates();
        List<Integer> order = new ArrayList<>(places.keySet());
        order.sort((one, other) -> other - one);
        for (int number : order) {
            List<Profile> mine = places.getOrDefault(number, List.of());
            if (mine.stream().allMatch(profile -> isIdle(profile, number))) {
                reasons.put(number, reason(mine, number));
                leftOut.set(number);
            }
        }
        return reasons;
    }

    /**
     * The NetworkPolicies that isolate nobody whom others do not isolate and whose rules are all left out, by number, with those others. Asked
     * after {@link #rules}.
     */
    Map<Integer, Set<Integer>> redundant() {
        Map<Integer, List<Profile>> places = new HashMap<>();
        for (Profile profile : profiles) {
            profile.readings().stream()
                    .map(r -> catalogue.readings().get(r).number())
                    .distinct()
                    .forEach(number -> places.computeIfAbsent(number, unused -> new ArrayList<>())
                            .add(profile));
        }
        Map<Integer, Set<Integer>> redundant = new HashMap<>();
        for (int number = catalogue.declared().size() - 1; number >= 0; number--) {
            List<Profile> mine = places.getOrDefault(number, List.of());
            if (!mine.isEmpty() && canGo(number)) {
                Set<Integer> others = others(mine, number);
                if (!others.isEmpty()) {
                    redundant.put(number, others);
                    policiesLeftOut.set(number);
                }
            }
        }
        return redundant;
    }

    private boolean canGo(int number) {
        DeclaredPolicy policy = catalogue.declared().get(number);
        return policy.readings().size() == 1
                && catalogue.readings().stream()
                        .filter(reading -> reading.number() == number)
                        .flatMap(reading -> reading.rules().values().stream())
                        .flatMap(List::stream)
                        .allMatch(rule -> leftOut.get(rule.number()));
    }

    /** Who else isolates, in each of the profiles one; none when in one of them nobody does. */
    private Set<Integer> others(List<Profile> mine, int number) {
        Set<Integer> others = new LinkedHashSet<>();
        for (Profile profile : mine) {
            List<Integer> isolating = new ArrayList<>(ground(profile).isolating(policiesLeftOut));
            isolating.remove((Integer) number);
            if (isolating.isEmpty()) {
                return Set.of();
            }
            if (isolating.stream().noneMatch(others::contains)) {
                others.add(isolating.getFirst());
            }
        }
        return others;
    }

    /** Rules that make no difference in any profile while all others are in, with their profiles. */
    private Map<Integer, List<Profile>> candidates() {
        BitSet asked = new BitSet();
        catalogue.rules().stream().filter(AskedRule::judged).forEach(rule -> asked.set(rule.number()));
        Map<Integer, List<Profile>> places = new HashMap<>();
        for (Profile profile : profiles) {
            BitSet mine = numbers(profile);
            mine.and(asked);
            if (!mine.isEmpty()) {
                BitSet idle = trial(profile).idle(mine);
                mine.stream().forEach(number -> {
                    if (idle.get(number)) {
                        places.computeIfAbsent(number, unused -> new ArrayList<>())
                                .add(profile);
                    } else {
                        asked.clear(number);
                        places.remove(number);
                    }
                });
            }
        }
        places.keySet().removeIf(number -> !asked.get(number));
        return places;
    }

    private BitSet numbers(Profile profile) {
        BitSet mine = new BitSet();
        profile.tiered()
                .forEach(t ->
                        catalogue.tiered().get(t).rules(profile.direction()).forEach(rule -> mine.set(rule.number())));
        profile.readings()
                .forEach(r -> catalogue
                        .readings()
                        .get(r)
                        .rules(profile.direction())
                        .forEach(rule -> mine.set(rule.number())));
        return mine;
    }

    private boolean isIdle(Profile profile, int number) {
        BitSet one = new BitSet();
        one.set(number);
        return trial(profile).idle(one).get(number);
    }

    /** Of several profiles the reason that comes closest to an effect, with whoever decides in any of them. */
    private Trial.Reason reason(List<Profile> mine, int number) {
        RuleFinding.Kind kind = RuleFinding.Kind.NO_PEER;
        Set<RuleFinding.Reference> by = new LinkedHashSet<>();
        for (Profile profile : mine) {
            Trial.Reason here = trial(profile).reason(number);
            if (here.kind().compareTo(kind) > 0) {
                kind = here.kind();
            }
            by.addAll(here.by());
        }
        return new Trial.Reason(kind, List.copyOf(by));
    }

    private Trial trial(Profile profile) {
        return new Trial(ground(profile), catalogue.declared(), leftOut, policiesLeftOut);
    }

    private Ground ground(Profile profile) {
        return grounds.computeIfAbsent(profile, fresh -> new Ground(graph, catalogue, fresh, numbers));
    }

    /** True when a rule matches peers, whatever its ports. */
    boolean hasPeers(AskedRule rule) {
        RulePeers peers =
                rule.stage() == Stage.NETWORK_POLICY ? RulePeers.ofNetworkPolicy(graph) : RulePeers.ofTiers(graph);
        return !peers.certain(rule.rule().grant().peers()).isEmpty()
                || !peers.unsure(rule.rule().grant().peers()).isEmpty();
    }
}
