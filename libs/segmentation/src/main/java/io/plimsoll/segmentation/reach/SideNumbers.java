package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What the sides of one direction say of peers, as numbers of verdicts. What stands around NetworkPolicy and what NetworkPolicy says are
 * numbered apart, and a verdict is made once for each two of them that meet. One thread.
 */
final class SideNumbers {

    /** Larger tables of combinations of groups are not kept. */
    private static final int TABLE_MAX = 4_096;

    /** What stands around NetworkPolicy is kept for what sides see where it is not more than this. */
    private static final int SEEN_MAX = 4_000_000;

    /** What stands around NetworkPolicy for one peer. */
    private record Around(Standing admin, Standing baseline, Standing mesh, Doubt doubt) {}

    private final Flank flank;
    private final ToIntFunction<Verdict> numberOf;
    private final Map<Around, Integer> aroundNumbers = new HashMap<>();
    private final List<Around> arounds = new ArrayList<>();
    private final Map<Standing, Integer> standingNumbers = new HashMap<>();
    private final List<Standing> standings = new ArrayList<>();

    /** For each frame, by the combination of groups, the number of what stands around and 1; 0 where not asked yet. */
    private final int[][] ofFrames;

    /** For each row of NetworkPolicies, by group, the number of the standing. */
    private final int[][] ofRows;

    /** By what stands around and by standing, the number of the verdict and 1; 0 where they did not meet yet. */
    private int[][] met = new int[64][];

    /** By frame, what stands around NetworkPolicy for each kind of class that sides see; nothing where it was not asked. */
    private final int[][] ofSeen;

    /** For each kind of class that sides see, its column in what NetworkPolicies say. */
    private final int[] columnsSeen;

    private final Said.Maker maker = new Said.Maker();

    /** For each peer its columns. */
    private final int[] ofAdmin;

    private final int[] ofPolicies;
    private final int[] ofBaseline;

    SideNumbers(Flank flank, ToIntFunction<Verdict> numberOf) {
        this.flank = flank;
        this.numberOf = numberOf;
        this.ofAdmin = flank.sides().ofAdmin().ofAll();
        this.ofPolicies = flank.sides().ofPolicies().ofAll();
        this.ofBaseline = flank.sides().ofBaseline().ofAll();
        this.ofFrames = new int[flank.frames().size()][];
        for (int f = 0; f < ofFrames.length; f++) {
            Flank.Frame frame = flank.frames().get(f);
            long combinations = (long) frame.admin().groups()
                    * frame.baseline().groups()
                    * frame.mesh().groups();
            ofFrames[f] = new int[combinations <= TABLE_MAX ? (int) combinations : 0];
        }
        this.ofSeen = new int[ofFrames.length][];
        this.columnsSeen = IntStream.range(0, flank.seen())
                .map(place -> ofPolicies[flank.seen(place)])
                .toArray();
        this.ofRows = new int[flank.rows().size()][];
        for (int r = 0; r < ofRows.length; r++) {
            Row row = flank.rows().get(r);
            ofRows[r] = new int[row.groups()];
            for (int group = 0; group < row.groups(); group++) {
                ofRows[r][group] = number(row.standing(group), standingNumbers, standings);
            }
        }
    }

    /**
     * For each of some peers, what each side says of the peer. Each row is walked once for all of them: its columns lie together, those of one
     * peer do not.
     */
    Said[] ofPeers(int[] peers) {
        int[] columns = Arrays.stream(peers).map(peer -> ofPolicies[peer]).toArray();
        int[][] standing = new int[peers.length][ofRows.length];
        for (int r = 0; r < ofRows.length; r++) {
            Row row = flank.rows().get(r);
            for (int p = 0; p < peers.length; p++) {
                standing[p][r] = ofRows[r][row.group(columns[p])];
            }
        }
        Said[] said = new Said[peers.length];
        int[] numbers = new int[flank.size()];
        for (int p = 0; p < peers.length; p++) {
            for (int frame = 0; frame < ofFrames.length; frame++) {
                int around = around(frame, peers[p]);
                int[] known = met(around);
                for (int side : flank.sidesOf(frame)) {
                    int ofPolicies = standing[p][flank.rowOf(side)];
                    int number = known[ofPolicies];
                    numbers[side] = number == 0 ? verdict(around, ofPolicies) : number - 1;
                }
            }
            said[p] = maker.of(numbers);
        }
        return said;
    }

    /** For each kind of class that sides see, what one side says of it. */
    Said of(int side) {
        int[] numbers = new int[flank.seen()];
        int[] around = aroundSeen(flank.frameOf(side));
        int[] ofRow = ofRows[flank.rowOf(side)];
        Row row = flank.rows().get(flank.rowOf(side));
        for (int place = 0; place < numbers.length; place++) {
            numbers[place] = verdict(around[place], ofRow[row.group(columnsSeen[place])]);
        }
        return maker.of(numbers);
    }

    /** What stands around NetworkPolicy in a frame, for each kind of class that sides see. */
    private int[] aroundSeen(int frame) {
        int[] known = ofSeen[frame];
        if (known == null) {
            known = IntStream.range(0, flank.seen())
                    .map(place -> around(frame, flank.seen(place)))
                    .toArray();
            if ((long) ofFrames.length * known.length <= SEEN_MAX) {
                ofSeen[frame] = known;
            }
        }
        return known;
    }

    private int around(int frame, int peer) {
        Flank.Frame rows = flank.frames().get(frame);
        int a = rows.admin().group(ofAdmin[peer]);
        int b = rows.baseline().group(ofBaseline[peer]);
        int m = rows.mesh().group(peer);
        int[] known = ofFrames[frame];
        if (known.length == 0) {
            return around(rows, a, b, m);
        }
        int at = (a * rows.baseline().groups() + b) * rows.mesh().groups() + m;
        if (known[at] == 0) {
            known[at] = around(rows, a, b, m) + 1;
        }
        return known[at] - 1;
    }

    private int around(Flank.Frame rows, int a, int b, int m) {
        Around around = new Around(
                rows.admin().standing(a).endOfTier(),
                rows.baseline().standing(b),
                rows.mesh().standing(m),
                rows.doubt());
        return number(around, aroundNumbers, arounds);
    }

    private int[] met(int around) {
        if (around >= met.length) {
            met = Arrays.copyOf(met, Math.max(around + 1, met.length * 2));
        }
        if (met[around] == null) {
            met[around] = new int[standings.size()];
        }
        return met[around];
    }

    private int verdict(int around, int standing) {
        int[] known = met(around);
        if (known[standing] == 0) {
            known[standing] = numberOf.applyAsInt(made(arounds.get(around), standings.get(standing))) + 1;
        }
        return known[standing] - 1;
    }

    private static Verdict made(Around around, Standing ofPolicies) {
        if (around.doubt() == Doubt.ANYTHING) {
            return Verdict.UNKNOWN;
        }
        Verdict analysed = around.admin()
                .then(ofPolicies)
                .then(around.baseline())
                .verdict()
                .and(around.mesh().verdict());
        return around.doubt() == Doubt.NONE ? analysed : new Verdict(PortSet.NONE, analysed.possible());
    }

    private static <T> int number(T one, Map<T, Integer> numbers, List<T> all) {
        Integer known = numbers.putIfAbsent(one, all.size());
        if (known == null) {
            all.add(one);
            return all.size() - 1;
        }
        return known;
    }
}
