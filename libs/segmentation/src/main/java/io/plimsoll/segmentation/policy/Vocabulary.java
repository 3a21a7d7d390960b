package io.plimsoll.segmentation.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the policies in force can tell apart. Pods that differ in nothing of it are the same to every policy, and so are
 * addresses on the same side of every boundary.
 *
 * @param labelKeys of pods, used by some selector
 * @param ports that some rule asks for by name
 * @param ranges of addresses that some rule names
 * @param podAddresses whether some rule looks at the addresses of pods
 */
public record Vocabulary(Set<String> labelKeys, Set<NamedPort> ports, List<AddressRange> ranges, boolean podAddresses) {

    public Vocabulary {
        labelKeys = Set.copyOf(labelKeys);
        ports = Set.copyOf(ports);
        ranges = List.copyOf(ranges);
    }

    public static Vocabulary of(PolicySet policies) {
        Collector words = new Collector();
        for (NetworkPolicy policy : policies.readings()) {
            words.add(policy.subject());
            policy.everyRule().forEach(rule -> words.add(rule.grant()));
        }
        for (TieredPolicy policy : policies.tiers().readings()) {
            words.add(policy.subject().pods());
            for (Direction direction : Direction.values()) {
                policy.rules(direction).forEach(rule -> words.add(rule.grant()));
            }
        }
        policies.unanalysed().forEach(policy -> policy.subjects().forEach(subject -> words.add(subject.pods())));
        return new Vocabulary(words.keys, words.ports, List.copyOf(words.ranges), words.networks);
    }

    /** With the labels of pods that a selector looks at. */
    public Vocabulary with(LabelSelector selector) {
        return selector.isEverything()
                ? this
                : with(selector.requirements().stream().map(Requirement::key).collect(Collectors.toSet()));
    }

    /** With more labels of pods. */
    public Vocabulary with(Set<String> keys) {
        Set<String> all = new HashSet<>(labelKeys);
        all.addAll(keys);
        return new Vocabulary(all, ports, ranges, podAddresses);
    }

    /** With more boundaries of addresses, which may be those of pods. */
    public Vocabulary with(List<AddressRange> more, boolean ofPods) {
        if (more.isEmpty()) {
            return this;
        }
        Set<AddressRange> all = new TreeSet<>(ranges);
        all.addAll(more);
        return new Vocabulary(labelKeys, ports, List.copyOf(all), podAddresses || ofPods);
    }

    private static final class Collector {

        private final Set<String> keys = new HashSet<>();
        private final Set<NamedPort> ports = new HashSet<>();
        private final Set<AddressRange> ranges = new TreeSet<>();
        private boolean networks;

        void add(LabelSelector selector) {
            selector.requirements().forEach(requirement -> keys.add(requirement.key()));
        }

        void add(Grant grant) {
            ports.addAll(grant.ports().named());
            for (Peer peer : grant.peers()) {
                switch (peer) {
                    case Peer.Everyone everyone -> {}
                    case Peer.Pods pods -> add(pods.pods());
                    case Peer.Addresses addresses -> ranges.addAll(addresses.ranges());
                    case Peer.Networks asked -> {
                        ranges.addAll(asked.ranges());
                        networks = true;
                    }
                    case Peer.Nodes nodes -> {}
                    case Peer.Domains domains -> {}
                }
            }
        }
    }
}
