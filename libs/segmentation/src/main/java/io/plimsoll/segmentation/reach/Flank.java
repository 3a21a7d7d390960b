package io.plimsoll.segmentation.reach;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sides of one direction by number, taken apart into what cluster-wide policies and a mesh say around NetworkPolicy and what
 * NetworkPolicy says: there are far fewer of each than of sides. Immutable, any thread.
 */
final class Flank {

    /** What is asked around NetworkPolicy. */
    record Frame(Row admin, Row baseline, Row mesh, Doubt doubt) {}

    private final Sides sides;
    private final int[] sideOf;
    private final int[] seenAs;

    /** The classes that are seen as themselves. */
    private final int[] seen;

    /** For each class its place among {@link #seen}. */
    private final int[] placeOf;

    private final List<Frame> frames = new ArrayList<>();
    private final List<Row> rows;
    private int[] frameOf;
    private int[] rowOf;

    /** For each frame the sides that have it. */
    private final int[][] sidesOf;

    /** @param classes how many there are */
    Flank(Sides sides, int classes, boolean meshed) {
        this.sides = sides;
        this.sideOf = new int[classes];
        this.seenAs = sides.seenAs(meshed);
        this.placeOf = new int[classes];
        Map<Side, Integer> numbers = new HashMap<>();
        Map<Frame, Integer> frameNumbers = new HashMap<>();
        Map<LastingRow, Integer> rowNumbers = new IdentityHashMap<>();
        List<LastingRow> lasting = new ArrayList<>();
        // Each is asked once, so that it is the same to all although others may add to it meanwhile.
        Map<LastingRow, Row> asked = new IdentityHashMap<>();
        List<int[]> taken = new ArrayList<>();
        List<Integer> asThemselves = new ArrayList<>();
        for (int c = 0; c < classes; c++) {
            Side side = sides.of(c);
            Integer number = numbers.putIfAbsent(side, taken.size());
            if (number == null) {
                Frame frame =
                        new Frame(known(side.admin(), asked), known(side.baseline(), asked), side.mesh(), side.doubt());
                taken.add(new int[] {
                    number(frame, frameNumbers, frames), number(side.policies(), rowNumbers, lasting),
                });
            }
            sideOf[c] = number == null ? taken.size() - 1 : number;
            if (seenAs[c] == c) {
                placeOf[c] = asThemselves.size();
                asThemselves.add(c);
            } else {
                placeOf[c] = placeOf[seenAs[c]];
            }
        }
        this.rows = lasting.stream().map(LastingRow::now).toList();
        this.seen = asThemselves.stream().mapToInt(Integer::intValue).toArray();
        this.frameOf = taken.stream().mapToInt(side -> side[0]).toArray();
        this.rowOf = taken.stream().mapToInt(side -> side[1]).toArray();
        List<List<Integer>> having = new ArrayList<>();
        frames.forEach(frame -> having.add(new ArrayList<>()));
        for (int side = 0; side < frameOf.length; side++) {
            having.get(frameOf[side]).add(side);
        }
        this.sidesOf = having.stream()
                .map(numbered -> numbered.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    private static Row known(LastingRow row, Map<LastingRow, Row> asked) {
        return asked.computeIfAbsent(row, LastingRow::now);
    }

    private static <T> int number(T one, Map<T, Integer> numbers, List<T> all) {
        Integer known = numbers.putIfAbsent(one, all.size());
        if (known == null) {
            all.add(one);
            return all.size() - 1;
        }
        return known;
    }

    Sides sides() {
        return sides;
    }

    /** How many sides there are. */
    int size() {
        return frameOf.length;
    }

    /** The number of the side of a class. */
    int sideOf(int subject) {
        return sideOf[subject];
    }

    int frameOf(int side) {
        return frameOf[side];
    }

    /** The sides with a frame, ascending; not to be changed. */
    int[] sidesOf(int frame) {
        return sidesOf[frame];
    }

    int rowOf(int side) {
        return rowOf[side];
    }

    List<Frame> frames() {
        return frames;
    }

    /** What NetworkPolicies say, each row once. */
    List<Row> rows() {
        return rows;
    }

    /** How many kinds of classes the sides see. */
    int seen() {
        return seen.length;
    }

    /** A class of a kind. */
    int seen(int place) {
        return seen[place];
    }

    /** The kind that a class is seen as. */
    int placeOf(int peer) {
        return placeOf[peer];
    }
}
