package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.mesh.AuthorizationPolicy;
import io.plimsoll.segmentation.mesh.AuthorizationRule;
import io.plimsoll.segmentation.mesh.Match;
import io.plimsoll.segmentation.mesh.Membership;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.mesh.Strictness;
import io.plimsoll.segmentation.policy.Action;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Topology;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the row of a class from the policies of a mesh: what its proxies let in, and what they know to send to. Only TCP goes
 * through proxies. "CUSTOM, DENY and ALLOW are evaluated in that order; where an ALLOW policy selects the workload, a request
 * that none allows is denied" (Istio, AuthorizationPolicy). One thread.
 */
final class MeshRows {

    static final PortSet TCP = PortSet.of(Protocol.TCP, 1, PortSet.PORT_MAX);

    private record Received(List<AuthorizationPolicy> policies, Strictness strict) {}

    private final Topology topology;
    private final MeshPolicies mesh;
    private final Map<Received, Row> received = new HashMap<>();
    private final Map<MeshPolicies.Imports, Row> sent = new HashMap<>();
    private final Map<AuthorizationRule, Matched> matched = new HashMap<>();
    private final Map<Row, Row> doubted = new HashMap<>();

    MeshRows(Topology topology, MeshPolicies mesh) {
        this.topology = topology;
        this.mesh = mesh;
    }

    /** What the mesh leaves of a pod's traffic; untouched where it says nothing. */
    Row row(PodClass subject, Direction direction) {
        if (mesh.isEmpty() || subject.host() || subject.place().membership() == Membership.OUT) {
            return Row.UNTOUCHED;
        }
        Row row =
                switch (direction) {
                    case INGRESS -> received(subject);
                    case EGRESS ->
                        mesh.imports(subject.namespace(), subject.labels())
                                .map(imports -> sent.computeIfAbsent(imports, this::imported))
                                .orElse(Row.UNTOUCHED);
                };
        if (row == Row.UNTOUCHED || subject.place().membership() == Membership.IN) {
            return row;
        }
        // Where it is not known whether a proxy stands before the pod, what the mesh denies is not known either.
        return doubted.computeIfAbsent(row, sure -> sure.with(Row.UNTOUCHED, Standing::or));
    }

    private Row received(PodClass subject) {
        List<AuthorizationPolicy> policies = mesh.authorizations(subject.namespace(), subject.labels());
        Strictness strict = mesh.strictness(subject.namespace(), subject.labels());
        return policies.isEmpty() && strict.possible().isEmpty()
                ? Row.UNTOUCHED
                : received.computeIfAbsent(new Received(policies, strict), this::build);
    }

    private Row build(Received asked) {
        Row.Builder row = new Row.Builder(Standing.UNTOUCHED);
        refusePlainText(row, asked.strict());
        boolean allows = false;
        for (AuthorizationPolicy policy : asked.policies()) {
            for (AuthorizationRule rule : policy.rules()) {
                decide(row, policy.action(), rule);
            }
            allows |= policy.action() == AuthorizationPolicy.Action.ALLOW;
        }
        if (allows) {
            row.change(everyone(), standing -> standing.decide(Action.DENY, TCP, true));
        }
        return row.build(topology.peers());
    }

    private void refusePlainText(Row.Builder row, Strictness strict) {
        if (strict.possible().isEmpty()) {
            return;
        }
        BitSet outside = new BitSet();
        BitSet unsure = new BitSet();
        for (int c = 0; c < topology.classes().size(); c++) {
            switch (topology.classes().get(c).place().membership()) {
                case IN -> {}
                case OUT -> outside.set(c);
                case UNKNOWN -> unsure.set(c);
            }
        }
        outside.set(
                topology.peerOfRange(0), topology.peerOfRange(topology.ranges().size()));
        unsure.set(topology.peerOfStranger(0), topology.peers());
        row.change(outside, standing -> standing.decide(Action.DENY, strict.certain(), true));
        row.change(outside, standing -> standing.decide(Action.DENY, strict.possible(), false));
        row.change(unsure, standing -> standing.decide(Action.DENY, strict.possible(), false));
    }

    private void decide(Row.Builder row, AuthorizationPolicy.Action action, AuthorizationRule rule) {
        Matched peers = matched.computeIfAbsent(rule, this::find);
        Action effect = action == AuthorizationPolicy.Action.ALLOW ? Action.ACCEPT : Action.DENY;
        for (AuthorizationRule.Operation operation : rule.operations()) {
            boolean certain = action != AuthorizationPolicy.Action.CUSTOM && !rule.requests() && !operation.requests();
            row.change(peers.certain(), standing -> standing.decide(effect, operation.ports(), certain));
            row.change(peers.unsure(), standing -> standing.decide(effect, operation.ports(), false));
        }
    }

    private Matched find(AuthorizationRule rule) {
        BitSet certain = new BitSet();
        BitSet unsure = new BitSet();
        for (int peer = 0; peer < topology.peers(); peer++) {
            switch (match(rule, peer)) {
                case NO -> {}
                case MAYBE -> unsure.set(peer);
                case YES -> certain.set(peer);
            }
        }
        return new Matched(certain, unsure);
    }

    private Match match(AuthorizationRule rule, int peer) {
        return match(rule, peer, topology, mesh);
    }

    static Match match(AuthorizationRule rule, int peer, Topology topology, MeshPolicies mesh) {
        int classes = topology.classes().size();
        if (peer < classes) {
            PodClass pod = topology.classes().get(peer);
            return rule.ofPod(pod.place(), pod.namespace(), pod.location(), mesh.settings());
        }
        return peer < classes + topology.ranges().size()
                ? rule.ofAddress(topology.ranges().get(peer - classes), mesh.settings())
                : rule.ofAnyone();
    }

    /** A proxy sends to what it knows; whether it passes on what it does not know is a setting of its own. */
    private Row imported(MeshPolicies.Imports imports) {
        Row.Builder row = new Row.Builder(Standing.UNTOUCHED);
        BitSet unknown = new BitSet();
        for (int c = 0; c < topology.classes().size(); c++) {
            PodClass pod = topology.classes().get(c);
            unknown.set(c, !imports.reach(pod.namespace(), pod.labels()));
        }
        if (imports.refusesUnknown()) {
            unknown.set(
                    topology.peerOfRange(0),
                    topology.peerOfRange(topology.ranges().size()));
        }
        row.change(unknown, standing -> standing.decide(Action.DENY, TCP, true));
        return row.build(topology.peers());
    }

    private BitSet everyone() {
        BitSet everyone = new BitSet();
        everyone.set(0, topology.peers());
        return everyone;
    }
}
