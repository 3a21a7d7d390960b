package io.plimsoll.inventory.publish;

import io.plimsoll.messaging.log.LogRecord;
import java.util.Collection;
import java.util.List;

/** Records on their way to the topics. Any thread. */
public interface Outbox {

    /** A record that waits. */
    record Waiting(long id, LogRecord record) {}

    /**
     * What waits altogether.
     *
     * @param ageSeconds of the oldest; 0 when nothing waits
     */
    record Backlog(long records, double ageSeconds) {

        public static final Backlog NONE = new Backlog(0, 0);
    }

    /** Those of the lanes in which something waits. */
    List<Integer> lanes(Collection<Integer> among);

    /** The oldest of a lane, in order, as many as make a good batch; empty when nothing waits. */
    List<Waiting> next(int lane);

    /** They are on the topics. */
    void remove(Collection<Long> ids);

    Backlog backlog();
}
