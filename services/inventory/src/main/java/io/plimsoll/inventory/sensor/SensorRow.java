package io.plimsoll.inventory.sensor;

import io.plimsoll.sensing.object.SetDigest;
import java.time.Duration;
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
 * @param waiting since when those wait to be published that came after the newest published state, see {@link #lag}; null when none does
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
        Draft draft = new Draft(this);
        draft.state = next;
        return draft.row();
    }

    SensorRow heard(Instant now) {
        Draft draft = new Draft(this);
        draft.closed = null;
        draft.heard = now;
        return draft.row();
    }

    SensorRow closed(Instant now) {
        Draft draft = new Draft(this);
        draft.closed = now;
        return draft.row();
    }

    SensorRow denying(byte[] now) {
        Draft draft = new Draft(this);
        draft.denied = now;
        return draft.row();
    }

    SensorRow holding(long objectsNow, SetDigest digestNow) {
        Draft draft = new Draft(this);
        draft.objects = objectsNow;
        draft.digest = digestNow;
        return draft.row();
    }

    /** What waited is published, if all of it is. */
    SensorRow published(PublishedUpTo upTo) {
        if (sequence > upTo.sequence()) {
            return this;
        }
        Draft draft = new Draft(this);
        draft.waiting = null;
        return draft.row();
    }

    /** For how long the oldest that is not published has been waiting: what came before a state was read is in it. */
    public Duration lag(PublishedUpTo published, Instant now) {
        if (waiting == null || sequence <= published.sequence()) {
            return Duration.ZERO;
        }
        Instant read = published.read();
        Instant since = read != null && read.isAfter(waiting) ? read : waiting;
        return since.isBefore(now) ? Duration.between(since, now) : Duration.ZERO;
    }

    /** Something of it is to be published. */
    SensorRow changed(Instant now) {
        Draft draft = new Draft(this);
        draft.sequence = sequence + 1;
        draft.waiting = waiting == null ? now : waiting;
        return draft.row();
    }

    /** A round is over. */
    SensorRow synced(Instant now) {
        Draft draft = new Draft(this);
        draft.state = State.SYNCED;
        draft.synced = synced == null ? now : synced;
        return draft.row();
    }

    SensorRow agreed(Instant now) {
        Draft draft = new Draft(this);
        draft.agreed = now;
        return draft.row();
    }

    /** The row with what changes of it; whose it is, its session and its stream stay. */
    private static final class Draft {

        private final SensorRow before;
        private State state;
        private @Nullable Instant closed;
        private Instant heard;
        private @Nullable Instant synced;
        private @Nullable Instant agreed;
        private long objects;
        private SetDigest digest;
        private long sequence;
        private @Nullable Instant waiting;
        private byte[] denied;

        Draft(SensorRow before) {
            this.before = before;
            this.state = before.state;
            this.closed = before.closed;
            this.heard = before.heard;
            this.synced = before.synced;
            this.agreed = before.agreed;
            this.objects = before.objects;
            this.digest = before.digest;
            this.sequence = before.sequence;
            this.waiting = before.waiting;
            this.denied = before.denied;
        }

        SensorRow row() {
            return new SensorRow(
                    before.cluster,
                    before.session,
                    before.credential,
                    before.version,
                    before.replica,
                    state,
                    before.opened,
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
    }
}
