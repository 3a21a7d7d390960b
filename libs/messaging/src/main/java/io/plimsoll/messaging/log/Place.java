package io.plimsoll.messaging.log;

import java.util.Comparator;

/** One partition of one topic. */
public record Place(Topic topic, int partition) implements Comparable<Place> {

    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::topic).thenComparing(Place::partition);

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }
}
