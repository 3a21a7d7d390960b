package io.plimsoll.segmentation.idle;

import io.plimsoll.segmentation.idle.Catalogue.Reading;
import io.plimsoll.segmentation.idle.Catalogue.Tiered;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.RulePeers;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rules of one profile match: for each the points, as the engine's rows have it. Made for one profile, then only read. */
final class Ground {

    /** A rule with the points that it matches for sure and further ones that it may. */
    record Match(AskedRule rule, Points certain, Points unsure) {
        Points all() {
            return certain.copy().or(unsure);
        }
    }

    /** The rules of one reading of a cluster-wide policy. */
    record TierPolicy(Tiered from, List<Match> rules) {}

    private final Catalogue catalogue;
    private final Profile profile;
    private final Topology topology;
    private final RulePeers ofPolicies;
    private final RulePeers ofTiers;
    private final Map<NamedPort, PortSet> numbers;
    private final BitSet nodes;

    private final PortAtoms atoms;
    private final Points all;
    private final Points onNodes;
    private final Points ranges;
    private final List<TierPolicy> tiers = new ArrayList<>();
    private final List<Match> policies = new ArrayList<>();

    /** @param numbers behind each name of a port, of any pod */
    Ground(ClassGraph graph, Catalogue catalogue, Profile profile, Map<NamedPort, PortSet> numbers) {
        this.catalogue = catalogue;
        this.profile = profile;
        this.topology = graph.topology();
        this.ofPolicies = RulePeers.ofNetworkPolicy(graph);
        this.ofTiers = RulePeers.ofTiers(graph);
        this.numbers = numbers;
        this.nodes = nodes(topology);
        this.atoms = atoms();
        BitSet everyone = new BitSet();
        everyone.set(0, topology.peers());
        this.all = points(everyone);
        this.onNodes = points(nodes);
        BitSet outside = new BitSet();
        outside.set(
                topology.peerOfRange(0), topology.peerOfRange(topology.ranges().size()));
        this.ranges = points(outside);
        for (int t : profile.tiered()) {
            Tiered each = catalogue.tiered().get(t);
            tiers.add(new TierPolicy(
                    each,
                    each.rules(profile.direction()).stream()
                            .map(rule -> match(rule, ofTiers, new BitSet()))
                            .toList()));
        }
        for (int r : profile.readings()) {
            Reading each = catalogue.readings().get(r);
            each.rules(profile.direction()).forEach(rule -> policies.add(match(rule, ofPolicies, nodes)));
        }
    }

    Profile profile() {
        return profile;
    }

    List<TierPolicy> tiers() {
        return tiers;
    }

    /** The rules of NetworkPolicies. */
    List<Match> policies() {
        return policies;
    }

    /** Every point. */
    Points all() {
        return all;
    }

    /** Points of pods that are treated as their node, of which NetworkPolicy says what it says of addresses. */
    Points onNodes() {
        return onNodes;
    }

    /** Points of external addresses. */
    Points ranges() {
        return ranges;
    }

    Points none() {
        return Points.none(atoms.size(), topology.peers());
    }

    /** The NetworkPolicies that isolate the subject, by number, without those that are left out. */
    List<Integer> isolating(BitSet leftOut) {
        List<Integer> isolating = new ArrayList<>();
        for (int r : profile.readings()) {
            int number = catalogue.readings().get(r).number();
            long mine = profile.readings().stream()
                    .filter(each -> catalogue.readings().get(each).number() == number)
                    .count();
            if (!leftOut.get(number)
                    && mine == catalogue.declared().get(number).readings().size()
                    && !isolating.contains(number)) {
                isolating.add(number);
            }
        }
        return isolating;
    }

    private Points points(BitSet peers) {
        return Points.of(peers, atoms.size(), topology.peers());
    }

    private static BitSet nodes(Topology topology) {
        BitSet nodes = new BitSet();
        for (int c = 0; c < topology.classes().size(); c++) {
            nodes.set(c, topology.classes().get(c).host());
        }
        return nodes;
    }

    private PortAtoms atoms() {
        Set<PortSet> sets = new HashSet<>();
        for (int t : profile.tiered()) {
            catalogue.tiered().get(t).rules(profile.direction()).forEach(rule -> addPorts(rule, sets));
        }
        for (int r : profile.readings()) {
            catalogue.readings().get(r).rules(profile.direction()).forEach(rule -> addPorts(rule, sets));
        }
        return PortAtoms.of(sets);
    }

    private void addPorts(AskedRule rule, Set<PortSet> sets) {
        sets.add(rule.rule().grant().ports().fixed());
        rule.rule().grant().ports().named().forEach(name -> sets.add(numbers.getOrDefault(name, PortSet.NONE)));
        for (NamedPort name : rule.rule().grant().ports().named()) {
            numbers.getOrDefault(name, PortSet.NONE).toSpans().forEach(span -> {
                // Neighbouring numbers are ports of different pods.
                for (int port = span.first(); port <= span.last(); port++) {
                    sets.add(PortSet.of(span.protocol(), port));
                }
            });
        }
    }

    private Match match(AskedRule rule, RulePeers peers, BitSet without) {
        Grant grant = profile.direction() == Direction.INGRESS
                ? rule.rule().grant().at(profile.ports())
                : rule.rule().grant();
        BitSet sure = without(peers.certain(grant.peers()), without);
        BitSet perhaps = rule.stage() == AskedRule.Stage.NETWORK_POLICY
                ? new BitSet()
                : without(peers.unsure(grant.peers()), without);
        Points certain = none();
        Points unsure = none();
        int[] fixed = atoms.of(grant.ports().fixed());
        certain.add(sure, fixed);
        unsure.add(perhaps, fixed);
        if (!grant.ports().named().isEmpty()) {
            addNamed(sure, grant, certain);
            addNamed(perhaps, grant, unsure);
            BitSet strangers = (BitSet) sure.clone();
            strangers.or(perhaps);
            strangers.clear(0, topology.peerOfStranger(0));
            unsure.add(strangers, atoms.of(grant.ports().anyNumbers()));
        }
        return new Match(rule, certain, unsure);
    }

    private void addNamed(BitSet destinations, Grant grant, Points found) {
        int classes = topology.classes().size();
        for (int c = destinations.nextSetBit(0); c >= 0 && c < classes; c = destinations.nextSetBit(c + 1)) {
            found.add(c, atoms.of(grant.ports().at(topology.classes().get(c).ports())));
        }
    }

    private static BitSet without(BitSet peers, BitSet others) {
        BitSet rest = (BitSet) peers.clone();
        rest.andNot(others);
        return rest;
    }
}
