package io.plimsoll.messaging.lease;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who owns which partition of a service. */
public interface Leases {

    /**
     * One owner.
     *
     * @param address where it answers, {@code host:port}
     * @param generation rises with each change of owner
     * @param expires when it ends unless renewed, by the clock of whoever keeps the leases; empty where nobody asked
     */
    record Lease(int partition, String address, long generation, Optional<Instant> expires) {

        /** One of which the end is not asked. */
        public Lease(int partition, String address, long generation) {
            this(partition, address, generation, Optional.empty());
        }
    }

    /**
     * Renews what this replica holds, claims its fair share of what nobody holds, and gives up what is beyond it. Any thread.
     *
     * @return what it holds now, by partition
     */
    Map<Integer, Lease> renew();

    /** Whoever holds the partition, this replica or another; empty while nobody does. */
    Optional<Lease> owner(int partition);

    /** Gives up everything at once: a clean stop lets others in without waiting. */
    void release();
}
