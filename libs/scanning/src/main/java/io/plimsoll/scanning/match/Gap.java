package io.plimsoll.scanning.match;

/**
 * Why something is not known.
 *
 * @param detail which feed, release or version, for people
 */
public record Gap(Reason reason, String detail) {

    /** One vocabulary for all gaps of matching. */
    public enum Reason {
        NO_FEED("no-feed", "import a feed for this ecosystem"),
        FEED_EMPTY("feed-empty", "import the feed again: it holds no records"),
        FEED_STALE("feed-stale", "import a newer copy of the feed"),
        FEED_INCOMPLETE("feed-incomplete", "import the feed again: it was cut off or passed a bound"),
        RELEASE_NOT_IN_FEED("release-not-in-feed", "import a feed that covers this release"),
        END_OF_LIFE("end-of-life", "move to a supported release: nobody publishes fixes for this one"),
        UNKNOWN_DISTRIBUTION("unknown-distribution", "no feed we read speaks of this distribution"),
        NO_ECOSYSTEM("no-ecosystem", "no feed we read speaks of this kind of package"),
        NO_GROUP("no-group", "the archive does not say its group; declare it, or give an index of checksums"),
        NO_VERSION("no-version", "the package does not say its version"),
        VERSION_UNREADABLE("version-unreadable", "the version is none of its ecosystem"),
        ADVISORY_UNDECIDED("advisory-undecided", "the advisory cannot be decided by version; look at it"),
        MODULE_UNKNOWN("module-unknown", "the package does not say which module stream it is from");

        private final String slug;
        private final String settledBy;

        Reason(String slug, String settledBy) {
            this.slug = slug;
            this.settledBy = settledBy;
        }

        /** The word used in reports and APIs; stable. */
        public String slug() {
            return slug;
        }

        /** What would settle it. */
        public String settledBy() {
            return settledBy;
        }
    }
}
