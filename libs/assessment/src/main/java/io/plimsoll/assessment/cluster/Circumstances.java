package io.plimsoll.assessment.cluster;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a cluster is run and by whom (stage-model 1.1, 2.2).
 *
 * @param local what made it, where it runs on somebody's own machine, for instance {@code kind}; empty otherwise
 * @param people users and groups bound in the cluster as a whole, as {@code User/NAME} or {@code Group/NAME}; those of one namespace stand there
 * @param unseen kinds it does not show and that would tell of adoption, as {@code KIND.GROUP}
 */
public record Circumstances(String local, SortedSet<String> people, SortedSet<String> unseen) {

    public static final Circumstances NONE =
            new Circumstances("", Collections.emptySortedSet(), Collections.emptySortedSet());

    public Circumstances {
        people = Collections.unmodifiableSortedSet(new TreeSet<>(people));
        unseen = Collections.unmodifiableSortedSet(new TreeSet<>(unseen));
    }
}
