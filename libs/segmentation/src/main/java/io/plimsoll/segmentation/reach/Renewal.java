package io.plimsoll.segmentation.reach;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.TieredPolicy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The policies of a tier in a later state.
 *
 * @param bands by priority, with the numbers and the rows they have
 * @param change what of them is not as it was
 */
record Renewal(List<List<AskedPolicy>> bands, Selections.Change change) {

    /** Where every policy is the one it was. */
    static Renewal alike(List<List<AskedPolicy>> bands) {
        if (areLater(bands)) {
            return new Renewal(bands, new Selections.Change(new BitSet(), Map.of()));
        }
        List<List<AskedPolicy>> alike = bands.stream()
                .map(band -> band.stream().map(AskedPolicy::later).toList())
                .toList();
        return new Renewal(alike, new Selections.Change(new BitSet(), Map.of()));
    }

    /** Asked at each change, so without streams. */
    private static boolean areLater(List<List<AskedPolicy>> bands) {
        for (int b = 0; b < bands.size(); b++) {
            for (int i = 0; i < bands.get(b).size(); i++) {
                if (!bands.get(b).get(i).isLater()) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * A policy that says what it said has the number and the rows it had. One that is in the place of another has its number, for those that
     * it selects are mostly those that the other selected; all others are gone or new.
     *
     * @param bands as they were
     * @param asked by priority the policies that have rules in the direction
     */
    static Renewal of(
            List<List<AskedPolicy>> bands, List<List<TieredPolicy>> asked, Direction direction, PeerSets ofTiers) {
        Map<ResourceId, List<AskedPolicy>> had = new HashMap<>();
        BitSet taken = new BitSet();
        bands.forEach(band -> band.forEach(one -> {
            had.computeIfAbsent(one.policy.id(), unused -> new ArrayList<>(1)).add(one);
            taken.set(one.number);
        }));
        BitSet others = new BitSet();
        Map<Integer, BitSet> selecting = new HashMap<>();
        List<List<AskedPolicy>> later = new ArrayList<>();
        for (List<TieredPolicy> band : asked) {
            List<AskedPolicy> equal = new ArrayList<>();
            for (TieredPolicy policy : band) {
                List<AskedPolicy> known = had.getOrDefault(policy.id(), List.of());
                Optional<AskedPolicy> same = take(known, one -> one.saysAs(policy, direction));
                if (same.isPresent()) {
                    equal.add(same.get().later());
                    continue;
                }
                Optional<AskedPolicy> before = take(known, one -> one.policy.priority() == policy.priority());
                int number = before.map(one -> one.number).orElseGet(() -> taken.nextClearBit(0));
                taken.set(number);
                others.set(number);
                if (before.filter(one -> one.policy.subject().equals(policy.subject()))
                        .isEmpty()) {
                    selecting.put(number, ofTiers.selected(policy.subject()));
                }
                equal.add(new AskedPolicy(policy, number, null, AskedPolicy.asksNames(policy, direction)));
            }
            later.add(equal);
        }
        had.values()
                .forEach(gone -> gone.forEach(one -> {
                    others.set(one.number);
                    selecting.put(one.number, new BitSet());
                }));
        return new Renewal(later, new Selections.Change(others, selecting));
    }

    private static Optional<AskedPolicy> take(List<AskedPolicy> known, Predicate<AskedPolicy> wanted) {
        Optional<AskedPolicy> found = known.stream().filter(wanted).findFirst();
        found.ifPresent(known::remove);
        return found;
    }
}
