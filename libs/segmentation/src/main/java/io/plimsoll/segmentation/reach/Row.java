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
    static final Row UNTOUCHED = new Row(new char[0], List.of(Standing.UNTOUCHED));

    /** For each column its group; columns behind the end are in group 0. */
    private final byte[] narrow;

    /** The same where there are more groups than a byte can count; else empty. */
    private final char[] wide;

    /** The same for columns that came later, behind those of either. */
    private final Tail tail;

    /** By group; the first is that of every peer no step spoke of. */
    private final List<Standing> standings;

    private Row(char[] groups, List<Standing> standings) {
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

    private Row(Row begun, Tail tail, List<Standing> standings) {
        this.narrow = begun.narrow;
        this.wide = begun.wide;
        this.tail = tail;
        this.standings = standings;
    }

    /** How many standings it tells apart. */
    int groups() {
        return standings.size();
    }

    /** The group a column is in, less than {@link #groups()}. */
    int group(int column) {
        if (column < narrow.length) {
            return narrow[column] & 0xff;
        }
        if (column < wide.length) {
            return wide[column];
        }
        return tail.at(column - begun());
    }

    /** How many columns stand before the tail. */
    private int begun() {
        return Math.max(narrow.length, wide.length);
    }

    private int width() {
        return begun() + tail.size();
    }

    Standing standing(int group) {
        return standings.get(group);
    }

    Standing at(int column) {
        return standings.get(group(column));
    }

    /** Each column's standing in both, made one. */
    Row with(Row other, Merge merge) {
        int width = Math.max(width(), other.width());
        char[] groups = new char[width];
        int[] merged = new int[groups() * other.groups()];
        Arrays.fill(merged, -1);
        Numbering numbering = new Numbering();
        merged[0] = numbering.of(merge.of(standings.getFirst(), other.standings.getFirst()));
        // Where both are narrow, as most are, without asking each column where it stands.
        int narrows = Math.min(narrow.length, other.narrow.length);
        for (int column = 0; column < narrows; column++) {
            int mine = narrow[column] & 0xff;
            int theirs = other.narrow[column] & 0xff;
            int pair = mine * other.groups() + theirs;
            int group = merged[pair];
            if (group < 0) {
                group = numbering.of(merge.of(standings.get(mine), other.standings.get(theirs)));
                merged[pair] = group;
            }
            groups[column] = (char) group;
        }
        for (int column = narrows; column < width; column++) {
            int mine = group(column);
            int theirs = other.group(column);
            int pair = mine * other.groups() + theirs;
            if (merged[pair] < 0) {
                merged[pair] = numbering.of(merge.of(standings.get(mine), other.standings.get(theirs)));
            }
            groups[column] = (char) merged[pair];
        }
        return new Row(groups, numbering.standings());
    }

    /** Whether some column that both tell apart stands otherwise here than there. */
    boolean disagreesWith(Row other) {
        BitSet asked = new BitSet();
        for (int column = Math.min(width(), other.width()) - 1; column >= 0; column--) {
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
        private List<Standing> all = standings;

        /** The one that was added last, and its group. */
        private Standing last = standings.getFirst();

        private int ofLast;

        /** Empty as long as all are of group 0. */
        private char[] groups = new char[0];

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
                all = all == standings ? new ArrayList<>(standings) : all;
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
            addGroup(place < 0 ? group(column) : place < groups.length ? groups[place] : 0);
        }

        /** One that stands as every peer no step spoke of. */
        void addOther() {
            size++;
        }

        private void addGroup(int group) {
            if (group > 0) {
                if (groups.length == 0) {
                    groups = new char[more];
                }
                groups[size] = (char) group;
                end = size + 1;
            }
            size++;
        }

        Row row() {
            return end == 0
                    ? Row.this
                    : new Row(
                            Row.this,
                            tail.with(columns - begun(), Arrays.copyOf(groups, end)),
                            all == standings ? standings : List.copyOf(all));
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
            return new Row(columns, numbering.standings());
        }
    }
}
