package io.plimsoll.messaging.lease;

import java.util.OptionalInt;

/** Which partition each cluster is in, so that a replica that does not own it can name who does. A cluster never moves. */
public interface ClusterPlaces {

    /** Nothing is kept: for who answers no questions. */
    ClusterPlaces NONE = new ClusterPlaces() {
        @Override
        public void put(String cluster, int partition) {
            // Nobody asks.
        }

        @Override
        public OptionalInt of(String cluster) {
            return OptionalInt.empty();
        }
    };

    void put(String cluster, int partition);

    /** Empty for a cluster of which nothing was ever read. */
    OptionalInt of(String cluster);
}
