package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.LabelSelector;
import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.policy.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which classes a selector means, looked up by label instead of by class: for every value of every label the classes that have
 * it, so that a selector costs a few operations on bits. Each selector is looked up once, whoever asks. Any thread; what is
 * answered is not to be changed.
 */
public final class ClassIndex {

    /** A label is looked up run by run so often; who asks more has all runs looked through once. */
    private static final int ASKED_MAX = 16;

    private static final int NOT_ASKED = -2;

    /** So many are found when they are asked for; who asks for more has them kept. */
    private static final int LOCATIONS_ASKED_MAX = 256;

    private final Topology topology;
    private final int classes;
    private final Map<String, Postings> byLabel = new ConcurrentHashMap<>();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private final Map<String, BitSet> byNamespace = new ConcurrentHashMap<>();
    private final BitSet hosts;
    private final BitSet onHostsNetwork;

    /** Where threads count past each other they are kept a little later. */
    private int locationsAsked;

    /** For each class the elementary range of its address, -1 where there is none, {@link #NOT_ASKED}; null until somebody asks. */
    private volatile int @Nullable [] locations;

    /** The classes that have a label, and by its value those that have it so: mostly few, so that they are listed. */
    private record Postings(BitSet any, Map<String, List<Integer>> byValue) {}

    private final Map<LabelSelector, BitSet> byPodSelector = new ConcurrentHashMap<>();
    private final Map<Peer.Namespaces, BitSet> byNamespaces = new ConcurrentHashMap<>();
    private final Map<Peer.Pods, BitSet> byPeer = new ConcurrentHashMap<>();

    ClassIndex(Topology topology) {
        this.topology = topology;
        this.classes = topology.classes().size();
        this.hosts = new BitSet(classes);
        this.onHostsNetwork = new BitSet(classes);
        for (NamespaceBlock block : topology.blocks()) {
            for (int place : block.run().onHostsNetwork()) {
                int c = block.first() + place;
                onHostsNetwork.set(c);
                hosts.set(c, topology.classes().get(c).host());
            }
        }
    }

    /** The classes of {@link PodClass#host}. */
    public BitSet hosts() {
        return hosts;
    }

    /** The classes of {@link PodClass#hostNetwork}. */
    public BitSet onHostsNetwork() {
        return onHostsNetwork;
    }

    /** The classes of pods that a rule's peer, or a policy's subject, means; those on the host's network are among them. */
    public BitSet of(Peer.Pods pods) {
        return byPeer.computeIfAbsent(pods, this::find);
    }

    private BitSet find(Peer.Pods pods) {
        if (pods.namespaces() instanceof Peer.Namespaces.Own own) {
            return in(own.name(), pods.pods());
        }
        BitSet found = (BitSet) in(pods.namespaces()).clone();
        if (!pods.pods().isEverything()) {
            found.and(of(pods.pods()));
        }
        return found;
    }

    /** The classes in one namespace. */
    public BitSet in(String namespace) {
        return byNamespace.computeIfAbsent(namespace, asked -> {
            BitSet found = new BitSet();
            List<NamespaceBlock> blocks = topology.blocks();
            int b = firstNotBefore(blocks, asked);
            for (; b < blocks.size() && blocks.get(b).namespace().equals(asked); b++) {
                found.set(blocks.get(b).first(), blocks.get(b).end());
            }
            return found;
        });
    }

    /** Blocks are in the order of their namespaces. */
    private static int firstNotBefore(List<NamespaceBlock> blocks, String namespace) {
        int from = 0;
        int to = blocks.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (blocks.get(middle).namespace().compareTo(namespace) < 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The classes in one namespace of pods with labels that a selector matches: those few are looked at, and no others. */
    public BitSet in(String namespace, LabelSelector selector) {
        BitSet found = (BitSet) in(namespace).clone();
        if (!selector.isEverything()) {
            for (int c = found.nextSetBit(0); c >= 0; c = found.nextSetBit(c + 1)) {
                if (!selector.matches(topology.classes().get(c).labels())) {
                    found.clear(c);
                }
            }
        }
        return found;
    }

    private BitSet in(Peer.Namespaces namespaces) {
        return switch (namespaces) {
            case Peer.Namespaces.Own own -> in(own.name());
            case Peer.Namespaces.Labelled labelledOnes ->
                byNamespaces.computeIfAbsent(labelledOnes, asked -> {
                    BitSet found = new BitSet();
                    for (NamespaceBlock block : topology.blocks()) {
                        if (asked.matches(block.namespace(), block.labels())) {
                            found.set(block.first(), block.end());
                        }
                    }
                    return found;
                });
        };
    }

    /** The classes of pods with labels that a selector matches, in any namespace. */
    public BitSet of(LabelSelector selector) {
        return byPodSelector.computeIfAbsent(selector, asked -> {
            BitSet found = all();
            asked.requirements().forEach(requirement -> narrow(found, requirement));
            return found;
        });
    }

    /** A label that a class is not told apart by is one that no selector of its vocabulary looks at. */
    private void narrow(BitSet found, Requirement requirement) {
        switch (requirement.operator()) {
            case IN -> found.and(having(requirement.key(), requirement.values()));
            case NOT_IN -> found.andNot(having(requirement.key(), requirement.values()));
            case EXISTS -> found.and(postings(requirement.key()).any());
            case DOES_NOT_EXIST -> found.andNot(postings(requirement.key()).any());
        }
    }

    private Postings postings(String key) {
        return byLabel.computeIfAbsent(key, asked -> {
            Postings postings = new Postings(new BitSet(), new HashMap<>());
            for (NamespaceBlock block : topology.blocks()) {
                block.run().having(asked).forEach((value, places) -> {
                    List<Integer> all = postings.byValue().computeIfAbsent(value, unused -> new ArrayList<>(1));
                    for (int place : places) {
                        all.add(block.first() + place);
                        postings.any().set(block.first() + place);
                    }
                });
            }
            return postings;
        });
    }

    private BitSet having(String key, List<String> values) {
        BitSet having = new BitSet();
        if (!byLabel.containsKey(key) && asked.merge(key, 1, Integer::sum) <= ASKED_MAX) {
            // Of a state that differs little from the one before little is asked.
            for (NamespaceBlock block : topology.blocks()) {
                Map<String, List<Integer>> here = block.run().having(key);
                for (String value : values) {
                    here.getOrDefault(value, List.of()).forEach(place -> having.set(block.first() + place));
                }
            }
            return having;
        }
        Map<String, List<Integer>> byValue = postings(key).byValue();
        for (String value : values) {
            byValue.getOrDefault(value, List.of()).forEach(having::set);
        }
        return having;
    }

    /**
     * The elementary ranges that some of the ranges hold.
     *
     * @param asked among those the space was cut by
     */
    public BitSet ranges(List<AddressRange> asked) {
        BitSet found = new BitSet();
        ExternalRanges ranges = topology.ranges();
        for (AddressRange range : asked) {
            found.set(ranges.firstOf(range), ranges.endOf(range));
        }
        return found;
    }

    /** The elementary range that a class's pods have their address in; -1 where it is not known or no rule looks. */
    public int location(int number) {
        int[] known = locations;
        if (known == null) {
            if (++locationsAsked <= LOCATIONS_ASKED_MAX) {
                return found(number);
            }
            known = new int[classes];
            Arrays.fill(known, NOT_ASKED);
            locations = known;
        }
        if (known[number] == NOT_ASKED) {
            // Whoever writes it writes the same.
            known[number] = found(number);
        }
        return known[number];
    }

    private int found(int number) {
        return topology.classes()
                .get(number)
                .location()
                .map(topology.ranges()::firstOf)
                .orElse(-1);
    }

    private BitSet all() {
        BitSet all = new BitSet(classes);
        all.set(0, classes);
        return all;
    }
}
