package io.plimsoll.messaging.analyser;

import io.plimsoll.messaging.lease.Leases;
import java.time.Duration;
import java.util.Optional;

/** Who can speak of a cluster. */
public sealed interface Answer {

    /** This replica, of this state. */
    record Here(Snapshot snapshot) implements Answer {}

    /** Another replica, or nobody for the moment. */
    record Elsewhere(Optional<Leases.Lease> owner) implements Answer {}

    /** This replica, once it has read it. */
    record Replaying(Duration askAgainAfter) implements Answer {}

    /** Nothing was ever read of it. */
    record Unknown() implements Answer {}
}
