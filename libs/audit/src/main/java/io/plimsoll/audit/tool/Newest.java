package io.plimsoll.audit.tool;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The newest of a tool's results; one that says when stands over one that does not. */
final class Newest {

    /** Seconds beyond this are no time of a report. */
    private static final long SECONDS_MAX = 1L << 34;

    private @Nullable Resource result;
    private @Nullable Instant written;

    void add(Resource candidate, @Nullable Instant when) {
        if (result == null || when != null && (written == null || when.isAfter(written))) {
            result = candidate;
            written = when;
        }
    }

    @Nullable
    Resource result() {
        return result;
    }

    @Nullable
    Instant written() {
        return written;
    }

    /** Null for what is no time. */
    static @Nullable Instant instant(Value value) {
        try {
            return value.text().map(Instant::parse).orElse(null);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Null for what is no time. */
    static @Nullable Instant seconds(Value value) {
        long seconds = value.integer().orElse(-1);
        return seconds < 0 || seconds > SECONDS_MAX ? null : Instant.ofEpochSecond(seconds);
    }
}
