package io.plimsoll.scanning.advisory;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a feed that was imported.
 *
 * @param name by its place in the layout: {@code osv/Debian}, {@code kev}, {@code epss}, {@code csaf}; {@code osv} alone holds several
 *     ecosystems; unique in an index
 * @param kind its form
 * @param digest SHA-256 of what was read, in hex
 * @param records read and kept
 * @param withdrawn of these, no longer standing
 * @param malformed left out because they could not be read
 * @param complete it was read to its end within its bounds
 * @param newest the newest date in the data that is not in the future; empty when it holds none
 * @param importedAt when it was read
 * @param affected entries per ecosystem, in OSV's notation with the release
 */
public record FeedState(
        String name,
        Kind kind,
        String digest,
        long records,
        long withdrawn,
        long malformed,
        boolean complete,
        Optional<Instant> newest,
        Instant importedAt,
        Map<String, Long> affected) {

    /** The forms we read. */
    public enum Kind {
        OSV("osv"),
        /** CISA's catalogue. */
        KNOWN_EXPLOITED("kev"),
        /** FIRST's EPSS. */
        EXPLOIT_LIKELIHOOD("epss"),
        CSAF("csaf"),
        KUBERNETES("kubernetes");

        private final String slug;

        Kind(String slug) {
            this.slug = slug;
        }

        /** The word used in reports, and the folder it is looked for in; stable. */
        public String slug() {
            return slug;
        }
    }

    public FeedState {
        affected = java.util.Collections.unmodifiableMap(new TreeMap<>(affected));
    }

    /** How old its data are: since its newest date, or since the import when it has none. Never negative. */
    public Duration age(Instant asOf) {
        Duration age = Duration.between(newest.orElse(importedAt), asOf);
        return age.isNegative() ? Duration.ZERO : age;
    }

    /**
     * Whether this feed is the one that speaks for an ecosystem, its releases aside. An archive of one ecosystem mentions
     * packages of others, which does not make it their feed.
     */
    public boolean speaksFor(Ecosystem ecosystem) {
        return switch (kind) {
            case OSV -> {
                int slash = name.indexOf('/');
                yield slash < 0
                        ? affected.keySet().stream()
                                .anyMatch(key -> Ecosystem.of(key).base().equals(ecosystem.base()))
                        : Ecosystem.of(name.substring(slash + 1)).base().equals(ecosystem.base());
            }
            case CSAF -> ecosystem.base().equals("Red Hat");
            case KUBERNETES -> ecosystem.base().equals("Kubernetes");
            case KNOWN_EXPLOITED, EXPLOIT_LIKELIHOOD -> false;
        };
    }

    public boolean isEmpty() {
        return records == 0;
    }
}
