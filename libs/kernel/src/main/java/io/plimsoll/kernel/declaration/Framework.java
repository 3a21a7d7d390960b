package io.plimsoll.kernel.declaration;

import io.plimsoll.kernel.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A compliance framework in force.
 *
 * @param acknowledgedBy the person who last acknowledged its report; empty when nobody did
 * @param acknowledged when that was; null when nobody did
 */
public record Framework(
        String id,
        String title,
        String owner,
        String acknowledgedBy,
        @Nullable Instant acknowledged,
        Source source) {}
