package io.plimsoll.telemetry;

import java.util.List;

/**
 * One metric of the dictionary.
 *
 * @param name as Prometheus shows it
 * @param kind of its value
 * @param labels its own labels and what they may hold, in order; who scrapes adds the service
 * @param about one sentence: what it counts, its unit and range, what is shown when there is nothing to show
 * @param services that export it, in the order of the map
 */
public record Entry(String name, Kind kind, List<Label> labels, String about, List<String> services) {

    /** How it moves. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only rises, from 0 at each start. */
        COUNTER
    }

    /**
     * A label.
     *
     * @param bound what keeps the number of its values small
     */
    public record Label(String name, String bound) {}

    public Entry {
        labels = List.copyOf(labels);
        services = List.copyOf(services);
        if (services.isEmpty()) {
            throw new IllegalArgumentException("nobody exports " + name);
        }
    }
}
