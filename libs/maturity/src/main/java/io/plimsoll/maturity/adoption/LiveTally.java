package io.plimsoll.maturity.adoption;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What running clusters tell of a scope besides what files do (stage-model 1.1 to 1.3, 2.2). A commutative monoid with {@link #NONE}.
 *
 * @param personal clusters on a machine of one person's own, with what made each: {@code NAME (kind)}
 * @param people users and groups bound in it, those of the platform itself left out
 * @param reached applications exposed as a fact in a live cluster: no label takes that away
 * @param unseen kinds that a cluster does not show and that tell of adoption
 */
public record LiveTally(
        SortedSet<String> personal, SortedSet<String> people, SortedSet<String> reached, SortedSet<String> unseen) {

    public static final LiveTally NONE = new LiveTally(
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet());

    public LiveTally {
        personal = fixed(personal);
        people = fixed(people);
        reached = fixed(reached);
        unseen = fixed(unseen);
    }

    public LiveTally plus(LiveTally other) {
        return new LiveTally(
                united(personal, other.personal),
                united(people, other.people),
                united(reached, other.reached),
                united(unseen, other.unseen));
    }

    static SortedSet<String> fixed(SortedSet<String> names) {
        return names.isEmpty() ? Collections.emptySortedSet() : Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    static SortedSet<String> united(SortedSet<String> a, SortedSet<String> b) {
        SortedSet<String> united = new TreeSet<>(a);
        united.addAll(b);
        return united;
    }
}
