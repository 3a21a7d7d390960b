package io.plimsoll.messaging.lease;

import java.util.Map;
import java.util.Optional;

/** Who owns which partition of a service. */
public interface Leases {

    /**
     * One owner.
     *
     * @param address where it answers, {@code host:port}
     * @param generation rises with each change of owner
     */
    record Lease(int partition, String address, long generation) {}

    /**
     * Renews what this replica holds, claims its fair share of what nobody holds, and gives up what is beyond it.
     *
     * @return what it holds now, by partition
     */
    Map<Integer, Lease> renew();

    /** Whoever holds the partition, this replica or another; empty while nobody does. */
    Optional<Lease> owner(int partition);

    /** Gives up everything at once: a clean stop lets others in without waiting. */
    void release();
}
