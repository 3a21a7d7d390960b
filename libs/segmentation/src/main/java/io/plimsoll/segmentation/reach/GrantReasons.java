package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.DeclaredPolicy;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the NetworkPolicies that select pods have to say of one peer, port by port. */
final class GrantReasons {

    /** What one policy says of some ports. */
    private record Said(PortSet ports, Reason reason) {}

    private GrantReasons() {}

    /**
     * For each set of ports the reasons, disjoint and together all ports; none when no policy isolates the pods.
     *
     * @param destination names of ports there
     */
    static Map<PortSet, List<Reason>> of(
            List<DeclaredPolicy> policies,
            PodClass subject,
            Direction direction,
            PeerSets peerSets,
            int peer,
            NamedPorts destination) {
        List<List<Said>> ofPolicies = new ArrayList<>();
        for (DeclaredPolicy policy : policies) {
            if (policy.isolates(subject.labels(), direction)) {
                ofPolicies.add(said(policy, subject, direction, peerSets, peer, destination));
            }
        }
        if (ofPolicies.isEmpty()) {
            return Map.of();
        }
        Map<PortSet, List<Reason>> byPorts = new LinkedHashMap<>();
        byPorts.put(PortSet.ALL, List.of());
        for (List<Said> policy : ofPolicies) {
            Map<PortSet, List<Reason>> refined = new LinkedHashMap<>();
            byPorts.forEach((ports, reasons) -> policy.forEach(said -> {
                PortSet both = ports.intersect(said.ports());
                if (!both.isEmpty()) {
                    List<Reason> more = new ArrayList<>(reasons);
                    more.add(said.reason());
                    refined.put(both, more);
                }
            }));
            byPorts = refined;
        }
        byPorts.replaceAll((ports, reasons) -> decisive(reasons));
        return byPorts;
    }

    /** Where some policy allows, those that do not have no say. */
    private static List<Reason> decisive(List<Reason> reasons) {
        List<Reason> allowing = reasons.stream()
                .filter(reason -> reason.effect() == Reason.Effect.ALLOWS)
                .toList();
        return allowing.isEmpty() ? reasons : allowing;
    }

    private static List<Said> said(
            DeclaredPolicy policy,
            PodClass subject,
            Direction direction,
            PeerSets peerSets,
            int peer,
            NamedPorts destination) {
        List<Said> said = new ArrayList<>();
        List<Rule> rules = policy.rulesFor(subject.labels(), direction);
        ResourceId id = policy.id();
        PortSet left = PortSet.ALL;
        Reason otherwise = Reason.of(id, rules.isEmpty() ? Reason.Effect.NO_RULES : Reason.Effect.PEER_NOT_NAMED);
        for (Rule rule : rules) {
            Matched matched = peerSets.of(rule.grant().peers());
            String name = "#" + rule.number();
            if (matched.certain().get(peer)) {
                PortSet ports = rule.grant().ports().at(destination);
                PortSet allowed = left.intersect(ports);
                if (!allowed.isEmpty()) {
                    said.add(new Said(allowed, new Reason(id, Reason.Effect.ALLOWS, name)));
                    left = left.minus(allowed);
                }
                otherwise =
                        new Reason(id, ports.isEmpty() ? Reason.Effect.NAMES_UNKNOWN : Reason.Effect.OTHER_PORTS, name);
            } else if (matched.unsure().get(peer)) {
                otherwise = new Reason(id, Reason.Effect.MAY_DECIDE, name);
            }
        }
        if (!left.isEmpty()) {
            said.add(new Said(left, otherwise));
        }
        return said;
    }
}
