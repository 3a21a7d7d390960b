package io.plimsoll.segmentation.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the policies in force can tell apart. Pods that differ in nothing of it are the same to every policy, and so are
 * addresses on the same side of every boundary.
 *
 * @param labels of pods: for each key that some selector uses the values that some selector names; what a label says besides
 *     makes no difference
 * @param labelsIn the same by namespace, of selectors that mean pods of that namespace alone
 * @param wholeLabels keys of pods' labels of which every value counts
 * @param ports that some rule asks for by name
 * @param ranges of addresses that some rule names
 * @param podAddresses whether some rule looks at the addresses of pods
 */
public record Vocabulary(
        Map<String, Set<String>> labels,
        Map<String, Map<String, Set<String>>> labelsIn,
        Set<String> wholeLabels,
        Set<NamedPort> ports,
        List<AddressRange> ranges,
        boolean podAddresses) {

    /** Stands for every value that no selector names; no label can have it. */
    private static final String UNNAMED = "\0";

    public Vocabulary {
        labels = Map.copyOf(labels);
        labelsIn = Map.copyOf(labelsIn);
        wholeLabels = Set.copyOf(wholeLabels);
        ports = Set.copyOf(ports);
        ranges = List.copyOf(ranges);
    }

    /** Labels of a pod as far as policies tell them apart: selectors that can mean the pod match both alike. */
    public Map<String, String> told(String namespace, Map<String, String> ofPod) {
        Map<String, Set<String>> here = labelsIn.getOrDefault(namespace, Map.of());
        Map<String, String> told = new HashMap<>();
        ofPod.forEach((key, value) -> {
            Set<String> named = labels.get(key);
            Set<String> namedHere = here.get(key);
            if (wholeLabels.contains(key)
                    || named != null && named.contains(value)
                    || namedHere != null && namedHere.contains(value)) {
                told.put(key, value);
            } else if (named != null || namedHere != null) {
                told.put(key, UNNAMED);
            }
        });
        return told;
    }

    public static Vocabulary of(PolicySet policies) {
        Collector words = new Collector();
        policies.words().forEach(words::add);
        return words.vocabulary();
    }

    /**
     * Of policies as they are now: what some of them began or ceased to name is looked up with all of them, the rest is as it was.
     *
     * @param before those of which {@code words} is the vocabulary
     */
    public static Vocabulary of(PolicySet policies, PolicySet before, Vocabulary words) {
        List<Vocabulary> gone = before.wordsOtherThan(policies);
        List<Vocabulary> come = policies.wordsOtherThan(before);
        return gone.equals(come)
                ? words
                : new VocabularyChange(gone, come).of(words, policies.words().toList());
    }

    /** Of cluster-wide policies alone. */
    static Vocabulary ofTiers(TieredPolicies tiers) {
        Collector words = new Collector();
        for (TieredPolicy policy : tiers.readings()) {
            words.add(policy.subject());
            for (Direction direction : Direction.values()) {
                policy.rules(direction).forEach(rule -> words.add(rule.grant()));
            }
        }
        return words.vocabulary();
    }

    /** Of the subjects of policies that are not analysed. */
    static Vocabulary ofUnanalysed(List<Unanalysed> policies) {
        Collector words = new Collector();
        policies.forEach(policy -> policy.subjects().forEach(subject -> words.add(subject.pods(), words.labels)));
        return words.vocabulary();
    }

    /** Of some NetworkPolicies alone. */
    static Vocabulary ofNetworkPolicies(List<NetworkPolicy> readings) {
        Collector words = new Collector();
        for (NetworkPolicy policy : readings) {
            words.add(policy.subject(), words.labelsIn(policy.id().namespace()));
            policy.everyRule().forEach(rule -> words.add(rule.grant()));
        }
        return words.vocabulary();
    }

    /** With the labels of pods that a selector looks at. */
    public Vocabulary with(LabelSelector selector) {
        if (selector.isEverything()) {
            return this;
        }
        Map<String, Set<String>> all = new HashMap<>(labels);
        add(selector, all);
        return new Vocabulary(all, labelsIn, wholeLabels, ports, ranges, podAddresses);
    }

    /** With more labels of pods, of which every value counts. */
    public Vocabulary with(Set<String> keys) {
        Set<String> all = new HashSet<>(wholeLabels);
        all.addAll(keys);
        return new Vocabulary(labels, labelsIn, all, ports, ranges, podAddresses);
    }

    private static void add(LabelSelector selector, Map<String, Set<String>> labels) {
        for (Requirement requirement : selector.requirements()) {
            labels.merge(requirement.key(), Set.copyOf(requirement.values()), (one, other) -> {
                Set<String> both = new HashSet<>(one);
                both.addAll(other);
                return both;
            });
        }
    }

    /** With more boundaries of addresses, which may be those of pods. */
    public Vocabulary with(List<AddressRange> more, boolean ofPods) {
        if (more.isEmpty()) {
            return this;
        }
        Set<AddressRange> all = new TreeSet<>(ranges);
        all.addAll(more);
        return new Vocabulary(labels, labelsIn, wholeLabels, ports, List.copyOf(all), podAddresses || ofPods);
    }

    private static final class Collector {

        private final Map<String, Set<String>> labels = new HashMap<>();
        private final Map<String, Map<String, Set<String>>> labelsIn = new HashMap<>();
        private final Set<NamedPort> ports = new HashSet<>();
        private final Set<AddressRange> ranges = new HashSet<>();
        private boolean networks;

        Vocabulary vocabulary() {
            return new Vocabulary(
                    labels, labelsIn, Set.of(), ports, ranges.stream().sorted().toList(), networks);
        }

        void add(Vocabulary other) {
            other.labels()
                    .forEach((key, values) -> labels.computeIfAbsent(key, unused -> new HashSet<>())
                            .addAll(values));
            other.labelsIn()
                    .forEach((namespace, told) -> told.forEach((key, values) -> labelsIn(namespace)
                            .computeIfAbsent(key, unused -> new HashSet<>())
                            .addAll(values)));
            ports.addAll(other.ports());
            ranges.addAll(other.ranges());
            networks |= other.podAddresses();
        }

        Map<String, Set<String>> labelsIn(String namespace) {
            return labelsIn.computeIfAbsent(namespace, unused -> new HashMap<>());
        }

        void add(Peer.Pods pods) {
            switch (pods.namespaces()) {
                case Peer.Namespaces.Own own -> add(pods.pods(), labelsIn(own.name()));
                case Peer.Namespaces.Labelled labelled -> add(pods.pods(), labels);
            }
        }

        void add(LabelSelector selector, Map<String, Set<String>> labels) {
            for (Requirement requirement : selector.requirements()) {
                labels.computeIfAbsent(requirement.key(), key -> new HashSet<>())
                        .addAll(requirement.values());
            }
        }

        void add(Grant grant) {
            ports.addAll(grant.ports().named());
            grant.peers().forEach(this::add);
        }

        private void add(Peer peer) {
            switch (peer) {
                case Peer.Everyone everyone -> {}
                case Peer.Pods pods -> add(pods);
                case Peer.Addresses addresses -> ranges.addAll(addresses.ranges());
                case Peer.Networks asked -> {
                    ranges.addAll(asked.ranges());
                    networks = true;
                }
                case Peer.World world -> ranges.addAll(world.ranges());
                case Peer.Perhaps perhaps -> add(perhaps.peer());
                case Peer.Nodes nodes -> {}
                case Peer.Domains domains -> {}
            }
        }
    }
}
