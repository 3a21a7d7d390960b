package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.Grant;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.PolicySet;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.PriorityBand;
import io.plimsoll.segmentation.policy.Tier;
import io.plimsoll.segmentation.policy.TieredPolicy;
import io.plimsoll.segmentation.policy.TieredRule;
import io.plimsoll.segmentation.policy.Unanalysed;
import io.plimsoll.segmentation.reach.Explanation.Part;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.List;

/**
 * Says of one pair at a time which policies and rules decided. The verdicts are the engine's own; the policies are asked once
 * more, in their order, for the reasons. Not safe for use by two threads at once.
 */
final class Explainer {

    private final Topology topology;
    private final PolicySet policies;
    private final ClassGraph graph;
    private final PeerSets ofNetworkPolicy;
    private final PeerSets ofTiers;

    Explainer(ClassGraph graph, PolicySet policies) {
        this.topology = graph.topology();
        this.policies = policies;
        this.graph = graph;
        this.ofNetworkPolicy = graph.ofNetworkPolicy();
        this.ofTiers = graph.ofTiers();
    }

    /** What the side of one class says of a peer, by number. */
    List<Part> parts(int subject, Direction direction, int peer) {
        PodClass pod = topology.classes().get(subject);
        NamedPorts destination =
                switch (direction) {
                    case INGRESS -> pod.ports();
                    case EGRESS ->
                        peer < topology.classes().size()
                                ? topology.classes().get(peer).ports()
                                : NamedPorts.NONE;
                };
        SideWalk walk = new SideWalk();
        for (Unanalysed policy : policies.unanalysed()) {
            if (Sides.couldChange(policy, pod, direction)) {
                walk.note(PortSet.ALL, Reason.of(policy.id(), Reason.Effect.NOT_ANALYSED));
            }
        }
        askTier(walk, Tier.ADMIN, pod, direction, peer, destination);
        walk.endOfTier();
        if (!pod.host()) {
            walk.decideAll(
                    GrantReasons.of(policies.in(pod.namespace()), pod, direction, ofNetworkPolicy, peer, destination));
        }
        askTier(walk, Tier.BASELINE, pod, direction, peer, destination);
        MeshReasons.add(walk, graph.mesh(), topology, pod, direction, peer);
        return walk.parts(graph.at(subject, direction, peer));
    }

    private void askTier(
            SideWalk walk, Tier tier, PodClass pod, Direction direction, int peer, NamedPorts destination) {
        if (pod.hostNetwork()) {
            return;
        }
        for (PriorityBand band : policies.tiers().bands(tier)) {
            for (TieredPolicy policy : band.readings()) {
                if (policy.subject().matches(pod.namespace(), pod.namespaceLabels(), pod.labels())) {
                    ask(walk, policy, direction, peer, destination);
                }
            }
        }
    }

    private void ask(SideWalk walk, TieredPolicy policy, Direction direction, int peer, NamedPorts destination) {
        for (TieredRule rule : policy.rules(direction)) {
            Grant grant = rule.grant();
            Matched matched = ofTiers.of(grant.peers());
            PortSet ports = grant.ports().at(destination);
            Reason reason = new Reason(policy.id(), Reason.effectOf(rule.action()), rule.name());
            boolean decides = reason.effect() != Reason.Effect.MAY_DECIDE && policy.inForce();
            if (decides && matched.certain().get(peer)) {
                walk.decide(ports, reason, reason.effect() == Reason.Effect.PASSES);
            } else if (matched.certain().get(peer) || matched.unsure().get(peer)) {
                walk.note(ports, new Reason(policy.id(), Reason.Effect.MAY_DECIDE, rule.name()));
            }
        }
    }
}
