package io.plimsoll.segmentation.reach;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What one side says in one tier: the standing of each peer, peers with the same one in a group. Immutable once built. */
final class Row {

    /** Of a pod that nobody selects. */
    static final Row UNTOUCHED = new Row(List.of(), Standing.UNTOUCHED);

    /** Peers by number, and the same as words; never changed after the row is built. */
    private record Group(BitSet peers, long[] words, Standing standing) {}

    private final List<Group> groups;
    private final Standing others;

    private Row(List<Group> groups, Standing others) {
        this.groups = groups;
        this.others = others;
    }

    /** How many standings it tells apart. */
    int groups() {
        return groups.size() + 1;
    }

    /** The group a peer is in, less than {@link #groups()}. */
    int group(int peer) {
        int size = groups.size();
        for (int g = 0; g < size; g++) {
            if (groups.get(g).peers().get(peer)) {
                return g;
            }
        }
        return size;
    }

    /**
     * Adds to each of a run of peers the number of its group, times a factor.
     *
     * @param first the peer that the first slot is of
     */
    void addGroups(int[] slots, int first, int factor) {
        int size = groups.size();
        if (size == 0) {
            return;
        }
        for (int at = 0; at < slots.length; at++) {
            slots[at] += size * factor;
        }
        int end = first + slots.length;
        for (int g = 0; g < size; g++) {
            long[] words = groups.get(g).words();
            int step = (g - size) * factor;
            int wordsEnd = Math.min(words.length, (end + Long.SIZE - 1) / Long.SIZE);
            for (int w = first / Long.SIZE; w < wordsEnd; w++) {
                for (long word = words[w]; word != 0; word &= word - 1) {
                    int at = w * Long.SIZE + Long.numberOfTrailingZeros(word) - first;
                    if (at >= 0 && at < slots.length) {
                        slots[at] += step;
                    }
                }
            }
        }
    }

    Standing standing(int group) {
        return group == groups.size() ? others : groups.get(group).standing();
    }

    Standing at(int peer) {
        return standing(group(peer));
    }

    /** Each peer's standing in both, made one. */
    Row with(Row other, Merge merge) {
        Builder row = new Builder(merge.of(others, other.others));
        Map<Standing, BitSet> merged = new LinkedHashMap<>();
        BitSet inOther = new BitSet();
        other.groups.forEach(group -> inOther.or(group.peers()));
        BitSet inThis = new BitSet();
        for (Group group : groups) {
            inThis.or(group.peers());
            for (Group beside : other.groups) {
                BitSet both = (BitSet) group.peers().clone();
                both.and(beside.peers());
                Builder.put(merged, merge.of(group.standing(), beside.standing()), both);
            }
            BitSet rest = (BitSet) group.peers().clone();
            rest.andNot(inOther);
            Builder.put(merged, merge.of(group.standing(), other.others), rest);
        }
        for (Group beside : other.groups) {
            BitSet rest = (BitSet) beside.peers().clone();
            rest.andNot(inThis);
            Builder.put(merged, merge.of(others, beside.standing()), rest);
        }
        row.groups = merged;
        return row.build();
    }

    /** Whether some peer that both tell apart stands otherwise here than there. */
    boolean disagreesWith(Row other) {
        return groups.stream()
                .anyMatch(group -> other.groups.stream()
                        .anyMatch(beside -> group.standing().disagreesWith(beside.standing())
                                && group.peers().intersects(beside.peers())));
    }

    /** How two standings of one peer become one. */
    @FunctionalInterface
    interface Merge {
        Standing of(Standing first, Standing second);
    }

    /** Tells peers apart step by step. Not safe for use by two threads at once. */
    static final class Builder {

        private final Standing others;
        private Map<Standing, BitSet> groups = new LinkedHashMap<>();

        /** @param others the standing of every peer that no step speaks of */
        Builder(Standing others) {
            this.others = others;
        }

        /** Gives these peers the standing that follows from the one they have. */
        void change(BitSet peers, UnaryOperator<Standing> step) {
            if (peers.isEmpty()) {
                return;
            }
            BitSet fresh = (BitSet) peers.clone();
            Map<Standing, BitSet> refined = new LinkedHashMap<>();
            groups.forEach((had, members) -> {
                Standing has = step.apply(had);
                if (has.equals(had)) {
                    fresh.andNot(members);
                    put(refined, had, members);
                    return;
                }
                BitSet both = (BitSet) members.clone();
                both.and(peers);
                BitSet rest = (BitSet) members.clone();
                rest.andNot(peers);
                fresh.andNot(members);
                put(refined, had, rest);
                put(refined, has, both);
            });
            put(refined, step.apply(others), fresh);
            groups = refined;
        }

        static void put(Map<Standing, BitSet> groups, Standing standing, BitSet members) {
            if (!members.isEmpty()) {
                groups.computeIfAbsent(standing, unused -> new BitSet()).or(members);
            }
        }

        Row build() {
            List<Group> disjoint = new ArrayList<>(groups.size());
            groups.forEach((standing, members) -> {
                if (!standing.equals(others)) {
                    disjoint.add(new Group(members, members.toLongArray(), standing));
                }
            });
            return new Row(List.copyOf(disjoint), others);
        }
    }
}
