package io.plimsoll.segmentation.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the policies in force can tell apart. Pods that differ in nothing of it are the same to every policy, and so are
 * addresses on the same side of every boundary.
 *
 * @param labelKeys of pods, used by some selector
 * @param ports that some rule asks for by name
 * @param ranges of addresses that some rule names
 */
public record Vocabulary(Set<String> labelKeys, Set<NamedPort> ports, List<AddressRange> ranges) {

    public Vocabulary {
        labelKeys = Set.copyOf(labelKeys);
        ports = Set.copyOf(ports);
        ranges = List.copyOf(ranges);
    }

    public static Vocabulary of(PolicySet policies) {
        Set<String> keys = new HashSet<>();
        Set<NamedPort> ports = new HashSet<>();
        Set<AddressRange> ranges = new TreeSet<>();
        for (NetworkPolicy policy : policies.readings()) {
            addKeys(policy.subject(), keys);
            for (Rule rule : policy.everyRule()) {
                ports.addAll(rule.grant().ports().named());
                for (Peer peer : rule.grant().peers()) {
                    switch (peer) {
                        case Peer.Everyone everyone -> {}
                        case Peer.Pods pods -> addKeys(pods.pods(), keys);
                        case Peer.Addresses addresses -> ranges.addAll(addresses.ranges());
                    }
                }
            }
        }
        return new Vocabulary(keys, ports, List.copyOf(ranges));
    }

    private static void addKeys(LabelSelector selector, Set<String> keys) {
        selector.requirements().forEach(requirement -> keys.add(requirement.key()));
    }
}
