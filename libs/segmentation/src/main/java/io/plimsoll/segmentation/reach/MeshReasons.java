package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.AuthorizationPolicy;
import io.plimsoll.segmentation.mesh.AuthorizationRule;
import io.plimsoll.segmentation.mesh.Match;
import io.plimsoll.segmentation.mesh.Membership;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;

/** What the policies of a mesh that select pods have to say of one peer. */
final class MeshReasons {

    private MeshReasons() {}

    /** Adds a reason to the ports each policy speaks of; ports that an ALLOW policy leaves out have that as their reason. */
    static void add(SideWalk walk, MeshPolicies mesh, Topology topology, PodClass pod, Direction direction, int peer) {
        if (mesh.isEmpty()
                || direction != Direction.INGRESS
                || pod.host()
                || pod.place().membership() == Membership.OUT) {
            return;
        }
        for (AuthorizationPolicy policy : mesh.authorizations(pod.namespace(), pod.labels())) {
            PortSet left = MeshRows.TCP;
            for (AuthorizationRule rule : policy.rules()) {
                Match match = MeshRows.match(rule, peer, topology, mesh);
                for (AuthorizationRule.Operation operation : rule.operations()) {
                    PortSet ports = operation.ports().intersect(left);
                    if (match != Match.NO && !ports.isEmpty()) {
                        Reason.Effect effect = effect(policy, rule, operation, match);
                        walk.add(ports, new Reason(policy.id(), effect, "#" + rule.number()));
                        left = left.minus(ports);
                    }
                }
            }
            if (policy.action() == AuthorizationPolicy.Action.ALLOW && !left.isEmpty()) {
                Reason.Effect effect = policy.rules().isEmpty() ? Reason.Effect.NO_RULES : Reason.Effect.PEER_NOT_NAMED;
                walk.add(left, Reason.of(policy.id(), effect));
            }
        }
        PortSet strict = mesh.strictness(pod.namespace(), pod.labels()).possible();
        boolean member = peer < topology.classes().size()
                && topology.classes().get(peer).place().membership() == Membership.IN;
        if (!strict.isEmpty() && !member) {
            mesh.strictPolicies(pod.namespace(), pod.labels())
                    .forEach(id -> walk.add(strict, Reason.of(id, Reason.Effect.WANTS_MUTUAL_TLS)));
        }
    }

    private static Reason.Effect effect(
            AuthorizationPolicy policy, AuthorizationRule rule, AuthorizationRule.Operation operation, Match match) {
        boolean requests = rule.requests() || operation.requests();
        return switch (policy.action()) {
            case CUSTOM -> Reason.Effect.MAY_DECIDE;
            case DENY ->
                match == Match.MAYBE
                        ? Reason.Effect.MAY_DECIDE
                        : requests ? Reason.Effect.DENIES_SOME_REQUESTS : Reason.Effect.DENIES;
            case ALLOW ->
                match == Match.MAYBE
                        ? Reason.Effect.MAY_DECIDE
                        : requests ? Reason.Effect.ALLOWS_SOME_REQUESTS : Reason.Effect.ALLOWS;
        };
    }
}
