package io.plimsoll.scanning.advisory;

import java.util.List;

/**
 * From where to where versions are affected, as OSV's {@code ranges[]} say it: events that switch on and off.
 *
 * @param kind in which order the events' versions stand
 * @param events as published, at least one
 */
public record VersionRange(Kind kind, List<Event> events) {

    /** OSV's {@code ranges[].type}. */
    public enum Kind {
        SEMVER,
        /** The package's own ecosystem's order. */
        ECOSYSTEM,
        /** Commits: their order is only in the repository. */
        GIT
    }

    /** OSV's {@code events[]}. */
    public enum Turn {
        /** Affected from this version on; {@code 0} is before all others. */
        INTRODUCED,
        /** No longer from this version on. */
        FIXED,
        /** No longer after this version. */
        LAST_AFFECTED,
        /** Versions from here on are not spoken of. */
        LIMIT
    }

    /** @param version as published, never empty */
    public record Event(Turn turn, String version) {}

    public VersionRange {
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException("a range has events");
        }
    }

    /** Affected from the first version to before {@code version}. */
    public static VersionRange before(String version) {
        return new VersionRange(
                Kind.ECOSYSTEM, List.of(new Event(Turn.INTRODUCED, "0"), new Event(Turn.FIXED, version)));
    }

    /** Every version there is. */
    public static VersionRange everything() {
        return new VersionRange(Kind.ECOSYSTEM, List.of(new Event(Turn.INTRODUCED, "0")));
    }
}
