package io.plimsoll.segmentation.picture;

import io.plimsoll.segmentation.metrics.Bounds;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.PairVerdicts;
import io.plimsoll.segmentation.reach.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One picture: boxes, and arrows that begin or end in one of those it is about. Arrows come in parts, one for each box as source, one
 * for addresses outside and one for ingress controllers, so that a long list is read on from where a page of it ended. Any thread.
 */
public final class Floor {

    /**
     * A box and the groups in it.
     *
     * @param inner whether the picture is about it: between two others no arrow is drawn
     */
    record Room(Box box, int[] groups, boolean inner) {
        long size(Picture picture) {
            long size = 0;
            for (int group : groups) {
                size += picture.groups().get(group).size();
            }
            return size;
        }
    }

    private static final int[] NONE = {};

    private final Picture picture;
    private final List<Room> rooms;

    Floor(Picture picture, List<Room> rooms) {
        this.picture = picture;
        this.rooms = List.copyOf(rooms);
    }

    /** How many parts {@link #part} has. */
    public int parts() {
        return rooms.size() + 2;
    }

    /**
     * The arrows of one part, in the order of their destination, the outside last.
     *
     * @param part 0 to {@link #parts} exclusive
     */
    public Stream<Edge> part(int part) {
        if (part < 0 || part >= parts()) {
            throw new IllegalArgumentException("no part " + part + " of " + parts());
        }
        if (part == rooms.size()) {
            return rooms.stream().filter(Room::inner).flatMap(room -> outside(room, Direction.INGRESS).stream());
        }
        return part > rooms.size() ? brought() : from(rooms.get(part));
    }

    /** What pairs between two boxes may, added up. */
    private static final class Tally {
        private long pairs;
        private long low;
        private long high;

        void add(Verdict verdict, long weight) {
            pairs += weight;
            low += verdict.allowed().isEmpty() ? 0 : weight;
            high += verdict.possible().isEmpty() ? 0 : weight;
        }

        List<Edge> edge(Box source, Box destination, Verdict united) {
            return high == 0
                    ? List.of()
                    : List.of(new Edge(
                            source, destination, pairs, new Bounds(low, high), united.allowed(), united.uncertain()));
        }
    }

    private Stream<Edge> from(Room source) {
        int classes = picture.graph().topology().classes().size();
        PairVerdicts verdicts = new PairVerdicts(picture.graph());
        int closed = verdicts.number(Verdict.CLOSED);
        Tally[] tallies = new Tally[rooms.size()];
        Arrays.setAll(tallies, unused -> new Tally());
        int[] united = new int[rooms.size()];
        Arrays.fill(united, closed);
        int[] row = new int[classes];
        int[] ofGroups = new int[picture.groups().size()];
        for (int group : source.groups()) {
            Group here = picture.groups().get(group);
            Arrays.fill(ofGroups, closed);
            for (int c : here.classes()) {
                verdicts.row(c, row);
                for (Room room : rooms) {
                    for (int d : source.inner() || room.inner() ? room.groups() : NONE) {
                        for (int other : picture.groups().get(d).classes()) {
                            ofGroups[d] = verdicts.either(ofGroups[d], row[other]);
                        }
                    }
                }
            }
            for (int r = 0; r < rooms.size(); r++) {
                Room room = rooms.get(r);
                if (source.inner() || room.inner()) {
                    for (int d : room.groups()) {
                        // Nobody is a pair with themselves.
                        long others = picture.groups().get(d).size() - (d == group ? 1 : 0);
                        if (others > 0) {
                            tallies[r].add(verdicts.verdict(ofGroups[d]), here.size() * others);
                            united[r] = verdicts.either(united[r], ofGroups[d]);
                        }
                    }
                }
            }
        }
        List<Edge> edges = new ArrayList<>();
        for (int r = 0; r < rooms.size(); r++) {
            edges.addAll(tallies[r].edge(source.box(), rooms.get(r).box(), verdicts.verdict(united[r])));
        }
        if (source.inner()) {
            edges.addAll(outside(source, Direction.EGRESS));
        }
        return edges.stream();
    }

    private List<Edge> outside(Room room, Direction direction) {
        Tally tally = new Tally();
        Verdict united = Verdict.CLOSED;
        for (int group : room.groups()) {
            Verdict verdict = Verdict.CLOSED;
            for (int c : picture.groups().get(group).classes()) {
                verdict = verdict.or(picture.outside(c, direction));
            }
            tally.add(verdict, picture.groups().get(group).size());
            united = united.or(verdict);
        }
        return direction == Direction.INGRESS
                ? tally.edge(new Box.Outside(), room.box(), united)
                : tally.edge(room.box(), new Box.Outside(), united);
    }

    private Stream<Edge> brought() {
        return rooms.stream().filter(Room::inner).flatMap(room -> {
            Tally tally = new Tally();
            Verdict united = Verdict.CLOSED;
            for (int group : room.groups()) {
                for (Verdict verdict : picture.brought(picture.groups().get(group))) {
                    tally.add(verdict, 1);
                    united = united.or(verdict);
                }
            }
            tally.pairs = room.size(picture);
            return tally.edge(new Box.Controllers(), room.box(), united).stream();
        });
    }
}
