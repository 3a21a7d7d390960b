package io.plimsoll.scanning.match;

/**
 * Why something is not known.
 *
 * @param detail which feed, release or version, for people
 */
public record Gap(Reason reason, String detail) {

    /** Whose lack it is: it decides who can settle it, and whether "nothing found" can be said at all. */
    public enum Side {
        /** Nobody who can be asked speaks of the package: whatever it is, it was not looked for. */
        FEEDS,
        /** The package, or one advisory, does not say enough to be asked about. */
        PACKAGE
    }

    /** One vocabulary for all gaps of matching. */
    public enum Reason {
        NO_FEED(Side.FEEDS, "no-feed", "import a feed for this ecosystem"),
        FEED_EMPTY(Side.FEEDS, "feed-empty", "import the feed again: it holds no records"),
        FEED_STALE(Side.FEEDS, "feed-stale", "import a newer copy of the feed"),
        FEED_INCOMPLETE(Side.FEEDS, "feed-incomplete", "import the feed again: it was cut off or passed a bound"),
        RELEASE_NOT_IN_FEED(Side.FEEDS, "release-not-in-feed", "import a feed that covers this release"),
        END_OF_LIFE(Side.FEEDS, "end-of-life", "move to a supported release: nobody publishes fixes for this one"),
        UNKNOWN_DISTRIBUTION(Side.FEEDS, "unknown-distribution", "no feed we read speaks of this distribution"),
        NO_ECOSYSTEM(Side.PACKAGE, "no-ecosystem", "no feed we read speaks of this kind of package"),
        NO_GROUP(
                Side.PACKAGE,
                "no-group",
                "the archive does not say its group; declare it, or give an index of checksums"),
        NO_VERSION(Side.PACKAGE, "no-version", "the package does not say its version"),
        VERSION_UNREADABLE(Side.PACKAGE, "version-unreadable", "the version is none of its ecosystem"),
        ADVISORY_UNDECIDED(Side.PACKAGE, "advisory-undecided", "the advisory cannot be decided by version; look at it"),
        MODULE_UNKNOWN(Side.PACKAGE, "module-unknown", "the package does not say which module stream it is from");

        private final Side side;
        private final String slug;
        private final String settledBy;

        Reason(Side side, String slug, String settledBy) {
            this.side = side;
            this.slug = slug;
            this.settledBy = settledBy;
        }

        /** Whose lack it is. */
        public Side side() {
            return side;
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
