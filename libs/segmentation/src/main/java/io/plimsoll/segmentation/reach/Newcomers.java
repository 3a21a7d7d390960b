package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Peer;
import io.plimsoll.segmentation.topology.NamespaceBlock;
import io.plimsoll.segmentation.topology.PodClass;
import io.plimsoll.segmentation.topology.Since;
import io.plimsoll.segmentation.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Classes of a topology that were not there before, by themselves, so that what policies say of them is asked of them alone. Immutable, any
 * thread.
 */
final class Newcomers {

    private static final Matched NOBODY = new Matched(new BitSet(0), new BitSet(0));

    /** These classes alone, with all ranges and strangers. */
    private final Topology topology;

    /** Their numbers in the whole, ascending. */
    private final List<Integer> numbers;

    /** By the number of a class in the whole its place here. */
    private final Map<Integer, Integer> places;

    private final PeerSets ofNetworkPolicy;
    private final PeerSets ofTiers;
    private final BitSet hosts;

    private Newcomers(Topology whole, List<Integer> numbers) {
        this.numbers = List.copyOf(numbers);
        this.places = HashMap.newHashMap(numbers.size());
        List<PodClass> classes = new ArrayList<>(numbers.size());
        List<NamespaceBlock> blocks = new ArrayList<>();
        int begun = 0;
        for (int number : numbers) {
            PodClass pod = whole.classes().get(number);
            if (!classes.isEmpty() && !together(pod, classes.getLast())) {
                blocks.add(block(begun, classes));
                begun = classes.size();
            }
            places.put(number, classes.size());
            classes.add(pod);
        }
        if (!classes.isEmpty()) {
            blocks.add(block(begun, classes));
        }
        this.topology = new Topology(classes, blocks, List.of(), List.of(), whole.ranges(), whole.strangers());
        var index = topology.index();
        this.hosts = index.hosts();
        this.ofNetworkPolicy = PeerSets.ofNetworkPolicy(index, topology);
        this.ofTiers = PeerSets.ofTiers(index, topology);
    }

    static Newcomers of(Topology whole, Since since) {
        List<Integer> numbers = new ArrayList<>();
        for (int piece = 0; piece < whole.blocks().size(); piece++) {
            int[] was = since.was(piece);
            for (int place = 0; place < was.length; place++) {
                if (was[place] < 0) {
                    numbers.add(since.firsts()[piece] + place);
                }
            }
        }
        return new Newcomers(whole, numbers);
    }

    /** Those of them for whom columns were made: others stand as somebody who was there. */
    Newcomers with(Widened widened, Topology whole) {
        List<Integer> numbers = new ArrayList<>();
        for (Widened.Further each : widened.further()) {
            if (each instanceof Widened.Arrived arrived) {
                numbers.add(arrived.peer());
            }
        }
        return numbers.size() == size() ? this : new Newcomers(whole, numbers);
    }

    private static boolean together(PodClass one, PodClass other) {
        return one.namespace().equals(other.namespace())
                && one.namespaceLabels().equals(other.namespaceLabels());
    }

    private static NamespaceBlock block(int first, List<PodClass> classes) {
        PodClass last = classes.getLast();
        return NamespaceBlock.of(last.namespace(), last.namespaceLabels(), first, classes);
    }

    boolean isEmpty() {
        return topology.classes().isEmpty();
    }

    int size() {
        return topology.classes().size();
    }

    Topology topology() {
        return topology;
    }

    /** Their numbers in the whole, ascending. */
    List<Integer> numbers() {
        return numbers;
    }

    /** Those of {@link PodClass#host}, by their place. */
    BitSet hosts() {
        return hosts;
    }

    /** @param number of a class in the whole that is one of them */
    int place(int number) {
        Integer place = places.get(number);
        if (place == null) {
            throw new IllegalArgumentException("no newcomer: " + number);
        }
        return place;
    }

    /** Whether any of them is in one of the namespaces. */
    boolean anyIn(Peer.Namespaces namespaces) {
        List<NamespaceBlock> blocks = topology.blocks();
        for (int b = 0; b < blocks.size(); b++) {
            NamespaceBlock block = blocks.get(b);
            if (namespaces.matches(block.namespace(), block.labels())) {
                return true;
            }
        }
        return false;
    }

    /** Those that NetworkPolicy means by a peer, by their place. */
    Matched meantByNetworkPolicy(Peer peer) {
        return switch (peer) {
            case Peer.Pods pods -> meantBy(pods, PodClass::host);
            // Never pods but those that have the address of their node.
            case Peer.Addresses addresses when hosts.isEmpty() -> NOBODY;
            default -> ofNetworkPolicy.of(List.of(peer));
        };
    }

    /** Those that a cluster-wide policy means by a peer, by their place. */
    Matched meantByTiers(Peer peer) {
        return peer instanceof Peer.Pods pods ? meantBy(pods, PodClass::hostNetwork) : ofTiers.of(List.of(peer));
    }

    /** Labels are compared one by one, as newcomers are few and peers are many. */
    private Matched meantBy(Peer.Pods pods, Predicate<PodClass> leftOut) {
        BitSet meant = NOBODY.certain();
        for (NamespaceBlock block : topology.blocks()) {
            if (pods.namespaces().matches(block.namespace(), block.labels())) {
                for (int c = block.first(); c < block.end(); c++) {
                    PodClass pod = topology.classes().get(c);
                    if (!leftOut.test(pod) && pods.pods().matches(pod.labels())) {
                        meant = meant.isEmpty() ? new BitSet(size()) : meant;
                        meant.set(c);
                    }
                }
            }
        }
        return meant.isEmpty() ? NOBODY : new Matched(meant, NOBODY.unsure());
    }

    PeerSets ofTiers() {
        return ofTiers;
    }
}
