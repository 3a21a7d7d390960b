package io.plimsoll.messaging;

import java.time.Duration;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a reader stands; for readiness and figures.
 *
 * @param ready something is owned, and all of it was read and handed on
 * @param held partitions owned
 * @param replaying those of them that are still being read from their beginning, or wait for their first hand-on
 * @param waiting clusters of which a mark was read that is not handed on yet
 * @param behind records the log holds and this reader has not read, as of its last look; empty when the log did not answer
 * @param sinceLog how long ago the log last answered
 * @param sinceStore how long ago the keeper of the leases last answered
 * @param fault why nothing is being walked; empty while something is
 */
public record CorridorStatus(
        boolean ready,
        SortedSet<Integer> held,
        SortedSet<Integer> replaying,
        int waiting,
        OptionalLong behind,
        Duration sinceLog,
        Duration sinceStore,
        String fault) {

    public CorridorStatus {
        held = Collections.unmodifiableSortedSet(new TreeSet<>(held));
        replaying = Collections.unmodifiableSortedSet(new TreeSet<>(replaying));
    }

    /** Nothing is held: not begun, or interrupted. */
    static CorridorStatus away(String fault, Duration sinceLog, Duration sinceStore) {
        return new CorridorStatus(
                false, new TreeSet<>(), new TreeSet<>(), 0, OptionalLong.empty(), sinceLog, sinceStore, fault);
    }

    /**
     * True when both have answered lately. A log that answered when it was last asked counts, however long ago that is: a walker in the middle of
     * a long analysis has not asked since.
     */
    public boolean answeredWithin(Duration lately) {
        boolean log = behind.isPresent() || sinceLog.compareTo(lately) <= 0;
        return fault.isEmpty() && log && sinceStore.compareTo(lately) <= 0;
    }

    /** The partitions that answer questions. */
    public Set<Integer> answering() {
        SortedSet<Integer> answering = new TreeSet<>(held);
        answering.removeAll(replaying);
        return answering;
    }
}
