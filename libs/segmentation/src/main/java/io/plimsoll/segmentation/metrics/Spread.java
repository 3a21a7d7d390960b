package io.plimsoll.segmentation.metrics;

import java.util.Arrays;

/** How counts are spread over workloads; all 0 when there is none. */
public record Spread(long median, long p95, long max) {

    static Spread of(long[] counts) {
        if (counts.length == 0) {
            return new Spread(0, 0, 0);
        }
        long[] sorted = counts.clone();
        Arrays.sort(sorted);
        return new Spread(at(sorted, 0.5), at(sorted, 0.95), sorted[sorted.length - 1]);
    }

    /** The smallest count that this share of all does not exceed. */
    private static long at(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
