package io.plimsoll.segmentation.metrics;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.Fold;
import io.plimsoll.segmentation.topology.PodClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Kinds that are alike as one half of a pair: as senders those that send the same and are seen alike by who receives, as receivers the other way
 * round. What is alike as one half may differ as the other, so that there are fewer of either than there are kinds.
 *
 * @param of for each kind the number of those it is alike with
 * @param first a kind of each, by number
 */
record Alike(int[] of, int[] first) {

    /** @param pods for each kind a class of it */
    static Alike sending(Fold fold, List<PodClass> classes, int[] pods) {
        return by(fold, classes, pods, Direction.EGRESS, Direction.INGRESS);
    }

    /** As {@link #sending}, for receivers. */
    static Alike receiving(Fold fold, List<PodClass> classes, int[] pods) {
        return by(fold, classes, pods, Direction.INGRESS, Direction.EGRESS);
    }

    private static Alike by(Fold fold, List<PodClass> classes, int[] pods, Direction own, Direction others) {
        Map<List<Integer>, Integer> numbers = new HashMap<>();
        List<Integer> firsts = new ArrayList<>();
        int[] of = new int[pods.length];
        for (int kind = 0; kind < pods.length; kind++) {
            PodClass pod = classes.get(pods[kind]);
            // Pods on the host's network are apart from the rest: with them pairs are judged one by one.
            List<Integer> key = List.of(
                    fold.side(pods[kind], own),
                    fold.place(pods[kind], others),
                    pod.location().map(at -> at.family().ordinal() + 1).orElse(0),
                    pod.host() ? kind + 1 : 0);
            Integer known = numbers.putIfAbsent(key, firsts.size());
            of[kind] = known == null ? firsts.size() : known;
            if (known == null) {
                firsts.add(kind);
            }
        }
        return new Alike(of, firsts.stream().mapToInt(Integer::intValue).toArray());
    }

    int size() {
        return first.length;
    }

    /** The kinds that are alike, by number. */
    List<List<Integer>> members() {
        List<List<Integer>> members = new ArrayList<>();
        for (int number = 0; number < first.length; number++) {
            members.add(new ArrayList<>());
        }
        for (int kind = 0; kind < of.length; kind++) {
            members.get(of[kind]).add(kind);
        }
        return members;
    }
}
