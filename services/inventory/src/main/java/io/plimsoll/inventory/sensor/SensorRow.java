package io.plimsoll.inventory.sensor;

import io.plimsoll.sensing.object.SetDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's sensor stands.
 *
 * @param session counted up with each stream
 * @param credential id of the one its stream was opened with
 * @param replica where its stream is, {@code host:port}
 * @param closed when the stream ended; null while it is open
 * @param synced when a round was over first; null before
 * @param agreed when both ends were last known to hold the same
 * @param digest over the objects held of it
 * @param sequence counted up with each batch that changed something
 * @param waiting since when one waits to be published; null when none does
 * @param denied what it does not see, a {@code SensorCoverage}
 */
public record SensorRow(
        String cluster,
        long session,
        String credential,
        String version,
        String replica,
        State state,
        Instant opened,
        @Nullable Instant closed,
        Instant heard,
        @Nullable Instant synced,
        @Nullable Instant agreed,
        long objects,
        SetDigest digest,
        long sequence,
        @Nullable Instant waiting,
        byte[] denied) {

    /** What a stream is at. */
    public enum State {
        OPEN,
        SNAPSHOT,
        COMPARISON,
        SYNCED
    }

    SensorRow in(State next) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                next,
                opened,
                closed,
                heard,
                synced,
                agreed,
                objects,
                digest,
                sequence,
                waiting,
                denied);
    }

    SensorRow heard(Instant now) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                state,
                opened,
                null,
                now,
                synced,
                agreed,
                objects,
                digest,
                sequence,
                waiting,
                denied);
    }

    SensorRow closed(Instant now) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                state,
                opened,
                now,
                heard,
                synced,
                agreed,
                objects,
                digest,
                sequence,
                waiting,
                denied);
    }

    SensorRow denying(byte[] now) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                state,
                opened,
                closed,
                heard,
                synced,
                agreed,
                objects,
                digest,
                sequence,
                waiting,
                now);
    }

    SensorRow holding(long objectsNow, SetDigest digestNow) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                state,
                opened,
                closed,
                heard,
                synced,
                agreed,
                objectsNow,
                digestNow,
                sequence,
                waiting,
                denied);
    }

    /** Something of it is to be published. */
    SensorRow changed(Instant now) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                state,
                opened,
                closed,
                heard,
                synced,
                agreed,
                objects,
                digest,
                sequence + 1,
                waiting == null ? now : waiting,
                denied);
    }

    /** A round is over. */
    SensorRow synced(Instant now) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                State.SYNCED,
                opened,
                closed,
                heard,
                synced == null ? now : synced,
                agreed,
                objects,
                digest,
                sequence,
                waiting,
                denied);
    }

    SensorRow agreed(Instant now) {
        return new SensorRow(
                cluster,
                session,
                credential,
                version,
                replica,
                state,
                opened,
                closed,
                heard,
                synced,
                now,
                objects,
                digest,
                sequence,
                waiting,
                denied);
    }
}
