package io.plimsoll.inventory.flow;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How far apart publications of one cluster are while it goes on changing: each is judged and scored by everybody behind, at the price of the
 * whole cluster. Clusters keep their own time, so that they do not come all at once. A change after a while of quiet waits for nothing. One thread.
 */
public final class Pace {

    private final long apartNanos;
    private final LongSupplier clock;
    private final Map<String, Long> begun = new HashMap<>();
    private Optional<Duration> next = Optional.empty();

    /** @param clock in nanoseconds, from anywhere */
    public Pace(Duration apart, LongSupplier clock) {
        this.apartNanos = apart.toNanos();
        this.clock = clock;
    }

    /** Begins to look at who is due. */
    void look() {
        long now = clock.getAsLong();
        begun.values().removeIf(each -> now - each >= apartNanos);
        next = Optional.empty();
    }

    /** True where it is the cluster's turn, which begins with this; false where it is put off. */
    boolean begins(String cluster) {
        long now = clock.getAsLong();
        Long before = begun.get(cluster);
        if (before == null || now - before >= apartNanos) {
            begun.put(cluster, now);
            return true;
        }
        Duration left = Duration.ofNanos(apartNanos - (now - before));
        next = next.filter(sooner -> sooner.compareTo(left) <= 0).or(() -> Optional.of(left));
        return false;
    }

    /** How long until the first is due of those that were put off since {@link #look}; empty where none was. */
    Optional<Duration> next() {
        return next;
    }
}
