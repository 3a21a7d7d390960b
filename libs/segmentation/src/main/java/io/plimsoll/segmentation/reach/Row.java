package io.plimsoll.segmentation.reach;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What one side says in one tier: the standing of each column of peers, columns with the same one in a group. It knows nothing of who is
 * in a column, so it outlives changes of the pods. Immutable.
 */
final class Row {

    /** Of a pod that nobody selects. */
    static final Row UNTOUCHED = new Row(new Groups(new char[0], List.of(Standing.UNTOUCHED)));

    private final Groups groups;

    /** Which columns stand alike. Immutable. */
    private static final class Groups {

        /** For each column its group; columns behind the end are in group 0. */
        private final byte[] narrow;

        /** The same where there are more groups than a byte can count; else empty. */
        private final char[] wide;

        /** The same for columns that came later, behind those of either. */
        private final Tail tail;

        /** By group; the first is that of every peer no step spoke of. */
        private final List<Standing> standings;

        Groups(char[] groups, List<Standing> standings) {
            this.standings = standings;
            this.tail = Tail.NONE;
            if (standings.size() > 1 << Byte.SIZE) {
                this.wide = groups;
                this.narrow = new byte[0];
                return;
            }
            this.wide = new char[0];
            this.narrow = new byte[groups.length];
            for (int column = 0; column < groups.length; column++) {
                narrow[column] = (byte) groups[column];
            }
        }

        Groups(Groups begun, Tail tail, List<Standing> standings) {
            this.narrow = begun.narrow;
            this.wide = begun.wide;
            this.tail = tail;
            this.standings = standings;
        }

        int of(int column) {
            if (column < narrow.length) {
                return narrow[column] & 0xff;
            }
            if (column < wide.length) {
                return wide[column];
            }
            return tail.at(column - begun());
        }

        /** How many columns stand before the tail. */
        int begun() {
            return Math.max(narrow.length, wide.length);
        }

        int width() {
            return begun() + tail.size();
        }
    }

    private Row(Groups groups) {
        this.groups = groups;
    }

    /** How many standings it tells apart. */
    int groups() {
        return groups.standings.size();
    }

    /** The group a column is in, less than {@link #groups()}. */
    int group(int column) {
        return groups.of(column);
    }

    Standing standing(int group) {
        return groups.standings.get(group);
    }

    Standing at(int column) {
        return groups.standings.get(groups.of(column));
    }

    /** Each column's standing in both, made one. */
    Row with(Row other, Merge merge) {
        Groups mine = groups;
        Groups theirs = other.groups;
        int width = Math.max(mine.width(), theirs.width());
        int theirGroups = theirs.standings.size();
        char[] columns = new char[width];
        int[] merged = new int[mine.standings.size() * theirGroups];
        Arrays.fill(merged, -1);
        Numbering numbering = new Numbering();
        merged[0] = numbering.of(merge.of(mine.standings.getFirst(), theirs.standings.getFirst()));
        for (int column = 0; column < width; column++) {
            int one = mine.of(column);
            int two = theirs.of(column);
            int pair = one * theirGroups + two;
            int group = merged[pair];
            if (group < 0) {
                group = numbering.of(merge.of(mine.standings.get(one), theirs.standings.get(two)));
                merged[pair] = group;
            }
            columns[column] = (char) group;
        }
        return new Row(new Groups(columns, numbering.standings()));
    }

    /** Whether some column that both tell apart stands otherwise here than there. */
    boolean disagreesWith(Row other) {
        BitSet asked = new BitSet();
        for (int column = Math.min(groups.width(), other.groups.width()) - 1; column >= 0; column--) {
            int mine = group(column);
            int theirs = other.group(column);
            int pair = mine * other.groups() + theirs;
            if (mine > 0 && theirs > 0 && !asked.get(pair)) {
                asked.set(pair);
                if (standing(mine).disagreesWith(other.standing(theirs))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Begins a row with more columns behind the last.
     *
     * @param columns how many columns there are
     * @param more how many come
     */
    Widening widening(int columns, int more) {
        return new Widening(columns, more);
    }

    /** Further columns of a row, one after the other; where all stand as every peer no step spoke of, nothing is made. One thread. */
    final class Widening {

        private final int columns;
        private final int more;
        private final Groups begun = groups;
        private List<Standing> all = begun.standings;

        /** The one that was added last, and its group. */
        private Standing last = all.getFirst();

        private int ofLast;

        /** Empty as long as all are of group 0. */
        private char[] added = new char[0];

        private int size;

        /** The place behind the last that is not of group 0. */
        private int end;

        private Widening(int columns, int more) {
            this.columns = columns;
            this.more = more;
        }

        @SuppressWarnings("ReferenceEquality")
        void add(Standing standing) {
            if (standing == last) {
                // Those that come together mostly stand alike.
                addGroup(ofLast);
                return;
            }
            int group = all.indexOf(standing);
            if (group < 0) {
                if (all.size() > Character.MAX_VALUE) {
                    throw new IllegalStateException("more than " + all.size() + " standings in one row");
                }
                all = all == begun.standings ? new ArrayList<>(all) : all;
                group = all.size();
                all.add(standing);
            }
            last = standing;
            ofLast = group;
            addGroup(group);
        }

        /** One that stands as another, which is one of the row or was added before. */
        void addAs(int column) {
            int place = column - columns;
            addGroup(place < 0 ? begun.of(column) : place < added.length ? added[place] : 0);
        }

        /** One that stands as every peer no step spoke of. */
        void addOther() {
            size++;
        }

        private void addGroup(int group) {
            if (group > 0) {
                if (added.length == 0) {
                    added = new char[more];
                }
                added[size] = (char) group;
                end = size + 1;
            }
            size++;
        }

        Row row() {
            if (end == 0) {
                return Row.this;
            }
            return new Row(new Groups(
                    begun,
                    begun.tail.with(columns - begun.begun(), Arrays.copyOf(added, end)),
                    all == begun.standings ? all : List.copyOf(all)));
        }
    }

    /** How two standings of one peer become one. */
    @FunctionalInterface
    interface Merge {
        Standing of(Standing first, Standing second);
    }

    /** Numbers standings as they come, each once. */
    private static final class Numbering {

        private final Map<Standing, Integer> numbers = new HashMap<>();
        private final List<Standing> standings = new ArrayList<>();

        int of(Standing standing) {
            Integer known = numbers.putIfAbsent(standing, standings.size());
            if (known != null) {
                return known;
            }
            if (standings.size() > Character.MAX_VALUE) {
                throw new IllegalStateException("more than " + standings.size() + " standings in one row");
            }
            standings.add(standing);
            return standings.size() - 1;
        }

        List<Standing> standings() {
            return List.copyOf(standings);
        }
    }

    /** Tells columns apart step by step. Not safe for use by two threads at once. */
    static final class Builder {

        private final Standing others;
        private Map<Standing, BitSet> groups = new LinkedHashMap<>();

        /** @param others the standing of every peer that no step speaks of */
        Builder(Standing others) {
            this.others = others;
        }

        /** Gives these columns the standing that follows from the one they have. */
        void change(BitSet columns, UnaryOperator<Standing> step) {
            if (columns.isEmpty()) {
                return;
            }
            BitSet fresh = (BitSet) columns.clone();
            Map<Standing, BitSet> refined = new LinkedHashMap<>();
            groups.forEach((had, members) -> {
                fresh.andNot(members);
                Standing has = members.intersects(columns) ? step.apply(had) : had;
                if (has.equals(had)) {
                    put(refined, had, members);
                    return;
                }
                BitSet both = (BitSet) members.clone();
                both.and(columns);
                BitSet rest = (BitSet) members.clone();
                rest.andNot(columns);
                put(refined, had, rest);
                put(refined, has, both);
            });
            if (!fresh.isEmpty()) {
                put(refined, step.apply(others), fresh);
            }
            groups = refined;
        }

        /** What it may be at any of the columns, of which it is not known which one it is. */
        Standing anyOf(BitSet columns) {
            BitSet left = (BitSet) columns.clone();
            List<Standing> found = new ArrayList<>();
            groups.forEach((standing, members) -> {
                if (members.intersects(columns)) {
                    found.add(standing);
                    left.andNot(members);
                }
            });
            if (!left.isEmpty() || found.isEmpty()) {
                found.add(others);
            }
            return found.stream().reduce(Standing::or).orElse(others);
        }

        private static void put(Map<Standing, BitSet> groups, Standing standing, BitSet members) {
            if (!members.isEmpty()) {
                groups.computeIfAbsent(standing, unused -> new BitSet()).or(members);
            }
        }

        /** @param width how many columns there are */
        Row build(int width) {
            Numbering numbering = new Numbering();
            numbering.of(others);
            char[] columns = new char[width];
            groups.forEach((standing, members) -> {
                char group = (char) numbering.of(standing);
                members.stream().forEach(column -> columns[column] = group);
            });
            return new Row(new Groups(columns, numbering.standings()));
        }
    }
}
