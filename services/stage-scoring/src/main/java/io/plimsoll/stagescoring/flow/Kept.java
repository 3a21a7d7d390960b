package io.plimsoll.stagescoring.flow;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a cluster.
 *
 * @param scored the last contribution; null before the first
 * @param awaitedSince since when a newer state waits to be scored; null when none does
 * @param change another number after each change of anything kept of it
 */
public record Kept(
        String cluster,
        int partition,
        @Nullable Contribution scored,
        @Nullable Instant awaitedSince,
        long change) {}
