package io.plimsoll.segmentation.isolation;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.segmentation.policy.AddressFamily;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Rule;
import io.plimsoll.segmentation.topology.ExternalRanges;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Rules that together let everything through: every pod of every namespace, or every address of a family, on every port of
 * every protocol. A policy with such rules isolates on paper only.
 *
 * @param rule one that lets everything through by itself, else the first that takes part
 * @param alone whether the rule does it by itself
 */
record AllowAll(Rule rule, boolean alone) {

    /**
     * Looks among rules that hold for the same pods.
     *
     * @param names of ports at the destination, none where it is not one pod
     */
    static Optional<AllowAll> among(List<Rule> rules, NamedPorts names) {
        for (Rule rule : rules) {
            if (!parts(List.of(rule), names).isEmpty()) {
                return Optional.of(new AllowAll(rule, true));
            }
        }
        return parts(rules, names).stream().findFirst().map(rule -> new AllowAll(rule, false));
    }

    /** The failure of a control that asks for something to be kept out. */
    Evidence failure(IsolationControl control, SubjectId subject) {
        String way =
                switch (control.direction()) {
                    case INGRESS -> "in";
                    case EGRESS -> "out";
                };
        return Evidence.fail(
                control.id(),
                subject,
                Reason.SEEN_AND_WRONG,
                rule.path(),
                rule.policy().toString(),
                "NetworkPolicy " + rule.policy().name() + " lets everything " + way
                        + (alone ? "" : ", together with other rules"),
                rule.source());
    }

    /** The rules that take part in letting everything through; none when something is kept out. */
    private static List<Rule> parts(List<Rule> rules, NamedPorts names) {
        List<Rule> parts = everyPod(rules, names);
        for (AddressFamily family : AddressFamily.values()) {
            parts = parts.isEmpty() ? everyAddress(rules, names, family) : parts;
        }
        return parts;
    }

    private static List<Rule> everyPod(List<Rule> rules, NamedPorts names) {
        List<Rule> parts = having(rules, peer -> switch (peer) {
            case Peer.Everyone everyone -> true;
            case Peer.Pods pods -> pods.isEveryPod();
            case Peer.Addresses addresses -> false;
            case Peer.Networks networks -> false;
            case Peer.World world -> false;
            case Peer.Perhaps perhaps -> false;
            case Peer.Nodes nodes -> false;
            case Peer.Domains domains -> false;
        });
        return united(parts, names).isAll() ? parts : List.of();
    }

    private static List<Rule> everyAddress(List<Rule> rules, NamedPorts names, AddressFamily family) {
        List<Rule> parts = having(rules, peer -> !ranges(peer, family).isEmpty());
        if (!united(parts, names).isAll()) {
            return List.of();
        }
        ExternalRanges space = ExternalRanges.of(
                parts.stream().flatMap(rule -> ranges(rule, family)).toList());
        PortSet[] allowed = new PortSet[space.size()];
        Arrays.fill(allowed, PortSet.NONE);
        for (Rule rule : parts) {
            PortSet ports = rule.grant().ports().at(names);
            ranges(rule, family).forEach(range -> {
                for (int i = space.firstOf(range); i < space.endOf(range); i++) {
                    allowed[i] = allowed[i].union(ports);
                }
            });
        }
        for (int i = 0; i < allowed.length; i++) {
            if (space.get(i).family() == family && !allowed[i].isAll()) {
                return List.of();
            }
        }
        return parts;
    }

    private static Stream<AddressRange> ranges(Rule rule, AddressFamily family) {
        return rule.grant().peers().stream().flatMap(peer -> ranges(peer, family).stream());
    }

    private static List<AddressRange> ranges(Peer peer, AddressFamily family) {
        return switch (peer) {
            case Peer.Everyone everyone -> List.of(AddressRange.every(family));
            case Peer.Pods pods -> List.of();
            case Peer.Networks networks -> List.of();
            case Peer.World world -> List.of();
            case Peer.Perhaps perhaps -> List.of();
            case Peer.Nodes nodes -> List.of();
            case Peer.Domains domains -> List.of();
            case Peer.Addresses addresses ->
                addresses.ranges().stream()
                        .filter(range -> range.family() == family)
                        .toList();
        };
    }

    private static List<Rule> having(List<Rule> rules, Predicate<Peer> wanted) {
        return rules.stream()
                .filter(rule -> rule.grant().peers().stream().anyMatch(wanted))
                .toList();
    }

    private static PortSet united(List<Rule> rules, NamedPorts names) {
        PortSet ports = PortSet.NONE;
        for (Rule rule : rules) {
            ports = ports.union(rule.grant().ports().at(names));
        }
        return ports;
    }
}
