package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.NamedPorts;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For each peer of a population the one of an earlier population that every policy in force both then and now takes it for. What a policy makes of
 * a class depends on what is told of it alone, so a class of which the same was told is the same. Kept in pieces, one for each block of classes and a
 * last one for ranges and strangers: most pieces are those of before, to the order, and nothing is to be said of them but which. Immutable, any
 * thread.
 */
public final class Since {

    private static final int[] NOTHING = {};

    /** The first peer of each piece, and the place behind the last of all. */
    private final int[] firsts;

    /** For each piece the one it was, -1 where its peers were not one piece. */
    private final int[] same;

    /** For each of those that were none, for each peer the one it was; else empty. */
    private final int[][] was;

    private final int piecesBefore;

    private Since(Population before, Population later) {
        Topology topology = later.topology();
        int blocks = topology.blocks().size();
        this.firsts = firsts(topology);
        this.same = new int[blocks + 1];
        this.was = new int[blocks + 1][];
        Arrays.fill(same, -1);
        Arrays.fill(was, NOTHING);
        this.piecesBefore = before.topology().blocks().size() + 1;
        classes(before, later);
        rest(before, later, blocks);
    }

    public static Since of(Population before, Population later) {
        return new Since(before, later);
    }

    /** The first peer of each piece of a topology, and the place behind the last of all. */
    public static int[] firsts(Topology topology) {
        List<NamespaceBlock> blocks = topology.blocks();
        int[] firsts = new int[blocks.size() + 2];
        for (int b = 0; b < blocks.size(); b++) {
            firsts[b] = blocks.get(b).first();
        }
        firsts[blocks.size()] = topology.peerOfRange(0);
        firsts[blocks.size() + 1] = topology.peers();
        return firsts;
    }

    @SuppressWarnings("ReferenceEquality")
    private void classes(Population before, Population later) {
        int piece = 0;
        int pieceBefore = 0;
        int classesBefore = 0;
        Iterator<NamespacePopulation> earlierOnes = before.namespaces().iterator();
        @Nullable NamespacePopulation earlier = earlierOnes.hasNext() ? earlierOnes.next() : null;
        for (NamespacePopulation each : later.namespaces()) {
            while (earlier != null && earlier.namespace().compareTo(each.namespace()) < 0) {
                pieceBefore += earlier.blocks();
                classesBefore += earlier.classes().size();
                earlier = earlierOnes.hasNext() ? earlierOnes.next() : null;
            }
            if (earlier == null || !earlier.namespace().equals(each.namespace())) {
                for (int b = 0; b < each.blocks(); b++) {
                    was[piece + b] = new int[firsts[piece + b + 1] - firsts[piece + b]];
                    Arrays.fill(was[piece + b], -1);
                }
            } else if (earlier == each) {
                for (int b = 0; b < each.blocks(); b++) {
                    same[piece + b] = pieceBefore + b;
                }
            } else {
                List<NamespaceBlock> had =
                        before.topology().blocks().subList(pieceBefore, pieceBefore + earlier.blocks());
                int[] numbers = numbers(earlier, each, before, classesBefore);
                for (int b = 0; b < each.blocks(); b++) {
                    changed(piece + b, firsts[piece], numbers, had, pieceBefore);
                }
            }
            piece += each.blocks();
        }
    }

    /**
     * @param first peer of the namespace
     * @param numbers of all of its classes
     * @param had its pieces of before, of which the first is {@code pieceBefore}
     */
    private void changed(int piece, int first, int[] numbers, List<NamespaceBlock> had, int pieceBefore) {
        int[] members = Arrays.copyOfRange(numbers, firsts[piece] - first, firsts[piece + 1] - first);
        for (int h = 0; h < had.size(); h++) {
            if (is(members, had.get(h))) {
                same[piece] = pieceBefore + h;
                return;
            }
        }
        was[piece] = members;
    }

    private static boolean is(int[] members, NamespaceBlock block) {
        if (members.length != block.end() - block.first()) {
            return false;
        }
        for (int place = 0; place < members.length; place++) {
            if (members[place] != block.first() + place) {
                return false;
            }
        }
        return true;
    }

    /**
     * For each class of a namespace the number of the one it was, -1 for none.
     *
     * @param first number of the first class that the namespace had
     */
    @SuppressWarnings("ReferenceEquality")
    private static int[] numbers(NamespacePopulation had, NamespacePopulation has, Population before, int first) {
        List<PodClass> earlier = had.classes();
        int[] numbers = new int[has.classes().size()];
        Map<PodClass, Integer> known = Map.of();
        int shift = 0;
        for (int c = 0; c < numbers.length; c++) {
            PodClass one = has.classes().get(c);
            int place = c + shift;
            if (place >= 0 && place < earlier.size() && earlier.get(place) == one) {
                // Most are the very ones, at most moved by those that came or went before them.
                numbers[c] = first + place;
                continue;
            }
            known = known.isEmpty() ? had.numbers() : known;
            Integer same = known.get(one);
            same = same == null ? known.get(asTold(one, before)) : same;
            numbers[c] = same == null ? -1 : first + same;
            shift = same == null ? shift : same - c;
        }
        return numbers;
    }

    /** A class of another population as an earlier one's vocabulary tells of it. */
    private static PodClass asTold(PodClass later, Population before) {
        var vocabulary = before.vocabulary();
        ExternalRanges ranges = before.topology().ranges();
        Map<NamedPort, Integer> ports = new HashMap<>(later.ports().numbers());
        ports.keySet().retainAll(vocabulary.ports());
        boolean located = vocabulary.podAddresses()
                || later.host() && !vocabulary.ranges().isEmpty();
        Optional<AddressRange> location =
                located ? later.location().map(range -> ranges.holding(range.first())) : Optional.empty();
        return new PodClass(
                later.namespace(),
                later.namespaceLabels(),
                vocabulary.told(later.namespace(), later.labels()),
                new NamedPorts(ports),
                later.hostNetwork(),
                later.host(),
                later.place(),
                location);
    }

    /** Ranges and strangers: both cover the whole space in the same order. */
    private void rest(Population before, Population later, int piece) {
        Topology had = before.topology();
        Topology has = later.topology();
        if (had.ranges().equals(has.ranges())
                && had.strangers().size() == has.strangers().size()) {
            same[piece] = piecesBefore - 1;
            return;
        }
        int[] members = new int[firsts[piece + 1] - firsts[piece]];
        int held = 0;
        for (int range = 0; range < has.ranges().size(); range++) {
            while (had.ranges()
                            .get(held)
                            .last()
                            .compareTo(has.ranges().get(range).first())
                    < 0) {
                held++;
            }
            members[range] = had.peerOfRange(held);
        }
        for (int stranger = 0; stranger < has.strangers().size(); stranger++) {
            members[has.ranges().size() + stranger] = had.peerOfStranger(stranger);
        }
        was[piece] = members;
    }

    /** How many pieces there are; the last one is of ranges and strangers. */
    public int pieces() {
        return same.length;
    }

    /** The first peer of each piece, and the place behind the last of all; not to be changed. */
    public int[] firsts() {
        return firsts;
    }

    /** The piece of before that holds the same peers in the same order; -1 where there is none. */
    public int same(int piece) {
        return same[piece];
    }

    /** For each peer of a piece that is none of before the one it was, -1 where it was none; not to be changed. */
    public int[] was(int piece) {
        return was[piece];
    }

    /** Whether peers are those of before, each with the number it had. */
    public boolean samePeers() {
        if (same.length != piecesBefore) {
            return false;
        }
        for (int piece = 0; piece < same.length; piece++) {
            if (same[piece] != piece) {
                return false;
            }
        }
        return true;
    }
}
