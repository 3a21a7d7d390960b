package io.plimsoll.scanning.advisory.feed;

/**
 * Bounds of reading one feed; beyond them reading ends and the feed is incomplete.
 *
 * @param recordBytesMax one record; a longer one is left out and counted as malformed
 * @param recordsMax records of one feed
 * @param bytesMax all of one feed's records, decompressed
 * @param affectedMax packages one record may name; a longer one is malformed
 * @param problemsMax problems kept by name; the rest is only counted
 */
public record FeedLimits(int recordBytesMax, long recordsMax, long bytesMax, int affectedMax, int problemsMax) {

    /** Room for all of OSV several times over. */
    public static final FeedLimits DEFAULT = new FeedLimits(32 << 20, 5_000_000, 64L << 30, 500_000, 100);
}
