package io.plimsoll.assessment.cluster;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Source;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a namespace is used for.
 *
 * @param application it holds an application workload
 * @param owner empty when nobody is named
 * @param quota it has a quota
 * @param people users and groups bound in it alone, as {@code User/NAME} or {@code Group/NAME}
 */
public record NamespaceUse(
        String name,
        boolean application,
        String owner,
        Lifecycle lifecycle,
        boolean quota,
        SortedSet<String> people,
        Source source) {

    public NamespaceUse {
        people = Collections.unmodifiableSortedSet(new TreeSet<>(people));
    }
}
