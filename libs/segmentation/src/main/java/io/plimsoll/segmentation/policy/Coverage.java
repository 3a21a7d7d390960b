package io.plimsoll.segmentation.policy;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an answer rests on.
 *
 * @param analysed policies that were read, each identity once
 * @param partial policies that were found and not analysed, by group and kind
 */
public record Coverage(int analysed, SortedMap<String, Integer> partial) {

    public Coverage {
        partial = Collections.unmodifiableSortedMap(new TreeMap<>(partial));
    }

    public static Coverage of(PolicySet policies) {
        SortedMap<String, Integer> partial = new TreeMap<>();
        policies.unanalysed().forEach(policy -> partial.merge(policy.dialect(), 1, Integer::sum));
        return new Coverage(policies.size(), partial);
    }

    /** With more policies that were read. */
    public Coverage with(int more) {
        return new Coverage(analysed + more, partial);
    }

    /** True when nothing was found that is not analysed. */
    public boolean complete() {
        return partial.isEmpty();
    }
}
