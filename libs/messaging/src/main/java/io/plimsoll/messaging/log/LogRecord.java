package io.plimsoll.messaging.log;

import io.plimsoll.wire.Version;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One record, read or to be written.
 *
 * @param key see {@link io.plimsoll.wire.TopicKey}
 * @param value null for a tombstone; never changed after it was handed over
 * @param trace of what caused it, see {@link Traces}; empty where nothing is traced, and no part of equality
 */
public record LogRecord(Place place, String key, byte @Nullable [] value, Version version, String trace) {

    /** Of no trace. */
    public LogRecord(Place place, String key, byte @Nullable [] value, Version version) {
        this(place, key, value, version, "");
    }

    /** The same as part of a trace. */
    public LogRecord withTrace(String traceparent) {
        return new LogRecord(place, key, value, version, traceparent);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogRecord record
                && place.equals(record.place)
                && key.equals(record.key)
                && Arrays.equals(value, record.value)
                && version.equals(record.version);
    }

    @Override
    public int hashCode() {
        return Objects.hash(place, key, Arrays.hashCode(value), version);
    }

    @Override
    public String toString() {
        return place.topic() + "[" + place.partition() + "] " + key + " " + version + (value == null ? " gone" : "");
    }
}
