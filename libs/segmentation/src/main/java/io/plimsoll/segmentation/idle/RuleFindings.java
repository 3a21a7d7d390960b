package io.plimsoll.segmentation.idle;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.idle.AskedRule.Stage;
import io.plimsoll.segmentation.idle.RuleFinding.Kind;
import io.plimsoll.segmentation.idle.RuleFinding.Reference;
import io.plimsoll.segmentation.policy.Action;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NetworkPolicy;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.reach.ClassGraph;
import io.plimsoll.segmentation.reach.RulePeers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which policies, rules and peers of rules decide nothing in a cluster, and why. */
public final class RuleFindings {

    private final ClassGraph graph;
    private final IdleRules idle;
    private final Map<Integer, Trial.Reason> reasons;
    private final List<RuleFinding> findings = new ArrayList<>();

    /** Policies that select some pod. */
    private final Set<ResourceId> selecting = new HashSet<>();

    private RuleFindings(ClassGraph graph, PolicySet policies) {
        this.graph = graph;
        this.idle = new IdleRules(graph, policies);
        this.reasons = idle.rules();
        idle.catalogue().readings().stream()
                .filter(reading -> !reading.subjects().isEmpty())
                .forEach(reading -> selecting.add(reading.policy().id()));
        idle.catalogue().tiered().stream()
                .filter(tiered -> !tiered.subjects().isEmpty())
                .forEach(tiered -> selecting.add(tiered.policy().id()));
    }

    /**
     * All there are, in the order of the policy and of the place in it. NetworkPolicies and cluster-wide policies are judged; those of other
     * kinds, and of a mesh, are not, and never make a rule idle. A policy declared twice is not judged either.
     */
    public static List<RuleFinding> of(ClassGraph graph, PolicySet policies) {
        RuleFindings all = new RuleFindings(graph, policies);
        all.networkPolicies();
        all.tiers();
        for (AskedRule rule : all.idle.catalogue().rules()) {
            Trial.Reason reason = all.reasons.get(rule.number());
            if (reason == null) {
                all.peers(rule);
            } else {
                all.add(rule, reason);
            }
        }
        Collections.sort(all.findings);
        return List.copyOf(all.findings);
    }

    private void networkPolicies() {
        Map<Integer, Set<Integer>> redundant = idle.redundant();
        for (Catalogue.Reading reading : idle.catalogue().readings()) {
            NetworkPolicy policy = reading.policy();
            if (idle.catalogue().declared().get(reading.number()).readings().size() > 1) {
                continue;
            }
            for (Direction direction : Direction.values()) {
                Source ignored = policy.ignored().get(direction);
                if (ignored != null) {
                    add(
                            Kind.NOT_IN_EFFECT,
                            policy.id(),
                            "spec." + direction.field(),
                            "policyTypes does not name " + direction.type() + ", so these rules are not asked",
                            List.of(),
                            ignored);
                }
            }
            if (reading.subjects().isEmpty()) {
                nobody(
                        policy.id(),
                        new Peer.Pods(new Peer.Namespaces.Own(policy.id().namespace()), policy.subject()),
                        policy.source());
            } else if (redundant.containsKey(reading.number())) {
                List<Reference> by = redundant.get(reading.number()).stream()
                        .map(other -> new Reference(
                                idle.catalogue().declared().get(other).id(), "spec"))
                        .toList();
                add(
                        Kind.REDUNDANT,
                        policy.id(),
                        "spec",
                        "every pod it isolates is isolated by " + text(by) + ", and no rule of it adds anything",
                        by,
                        policy.source());
            }
        }
    }

    private void tiers() {
        Set<ResourceId> nobody = new HashSet<>();
        for (Catalogue.Tiered tiered : idle.catalogue().tiered()) {
            if (!tiered.policy().inForce()) {
                continue;
            }
            boolean rules = tiered.rules().values().stream().anyMatch(list -> !list.isEmpty());
            ResourceId policy = tiered.policy().id();
            // One manifest may be several policies.
            if (!selecting.contains(policy) && nobody.add(policy)) {
                nobody(
                        tiered.policy().id(),
                        tiered.policy().subject(),
                        tiered.policy().source());
            } else if (selecting.contains(policy) && !rules) {
                add(
                        Kind.NO_RULES,
                        tiered.policy().id(),
                        "spec",
                        "it has no rule, and so decides nothing",
                        List.of(),
                        tiered.policy().source());
            }
        }
    }

    private void nobody(ResourceId policy, Peer.Pods subject, Source source) {
        boolean onHost = !graph.topology().index().of(subject).isEmpty();
        add(
                Kind.SELECTS_NOBODY,
                policy,
                "spec",
                onHost
                        ? "it selects only pods on the host's network, for which it does not hold"
                        : "it selects no pod of the input",
                List.of(),
                source);
    }

    private void add(AskedRule rule, Trial.Reason reason) {
        Kind kind = reason.kind();
        if (kind == Kind.NO_PEER) {
            Grant grant = rule.rule().grant();
            kind = grant.equals(Grant.NOTHING) ? Kind.UNREADABLE : idle.hasPeers(rule) ? Kind.NO_PORT : Kind.NO_PEER;
        }
        List<Reference> by = reason.by().stream().limit(RuleFinding.BY_MAX).toList();
        findings.add(new RuleFinding(
                kind,
                rule.rule().policy(),
                rule.rule().path(),
                rule.name(),
                why(kind, rule, by, reason.by().size()),
                by,
                rule.rule().source()));
    }

    private static String why(Kind kind, AskedRule rule, List<Reference> by, int count) {
        String more = count > by.size() ? " and " + (count - by.size()) + " more" : "";
        return switch (kind) {
            case UNREADABLE -> "it cannot be read, and so allows nothing";
            case NO_PEER -> "its peers are no pod of the input, and no address";
            case NO_PORT -> "it asks for ports by names that no pod has which would receive";
            case TIER_NOT_REACHED ->
                "the tier Baseline is not asked for its pods: they are isolated by " + text(by) + more;
            case SHADOWED ->
                (rule.stage() == Stage.NETWORK_POLICY
                                ? "all it allows is decided by "
                                : "all it matches is decided by ")
                        + text(by)
                        + more;
            case SAME_WITHOUT -> sameWithout(rule.action());
            case SELECTS_NOBODY, NO_RULES, NOT_IN_EFFECT, PEER_NOT_THERE, REDUNDANT ->
                throw new IllegalArgumentException("no reason of a rule: " + kind);
        };
    }

    private static String sameWithout(Action action) {
        return switch (action) {
            case ACCEPT -> "what it allows is allowed without it";
            case DENY -> "what it denies is denied without it";
            case PASS -> "where it passes the rest of the tier decides nothing else";
            case UNREADABLE -> "without it the outcome is the same";
        };
    }

    private static String text(List<Reference> by) {
        return by.stream().map(Reference::toString).collect(Collectors.joining(", "));
    }

    /** Peers of a rule that counts, of which some are nobody. */
    private void peers(AskedRule rule) {
        List<Peer> peers = rule.rule().peers();
        if (!rule.judged()
                || peers.size() < 2
                || !selecting.contains(rule.rule().policy())) {
            return;
        }
        RulePeers sets =
                rule.stage() == Stage.NETWORK_POLICY ? RulePeers.ofNetworkPolicy(graph) : RulePeers.ofTiers(graph);
        for (int i = 0; i < peers.size(); i++) {
            List<Peer> one = List.of(peers.get(i));
            if (sets.certain(one).isEmpty() && sets.unsure(one).isEmpty()) {
                add(
                        Kind.PEER_NOT_THERE,
                        rule.rule().policy(),
                        rule.rule().path() + "." + rule.direction().peersField() + "[" + i + "]",
                        "this peer is no pod of the input, and no address",
                        List.of(),
                        rule.rule().source());
            }
        }
    }

    private void add(Kind kind, ResourceId policy, String path, String why, List<Reference> by, Source source) {
        findings.add(new RuleFinding(kind, policy, path, "", why, by, source));
    }
}
