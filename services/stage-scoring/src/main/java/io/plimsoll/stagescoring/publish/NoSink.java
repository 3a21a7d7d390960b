package io.plimsoll.stagescoring.publish;

import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.RecordSink;
import java.util.List;

/** Scoring writes to its own schema, which refuses a former owner by its lease; the topic gets what the outbox holds. */
public final class NoSink implements RecordSink {

    @Override
    public void take(int partition) {
        // Nothing to fence.
    }

    @Override
    public void write(int partition, List<LogRecord> records) {
        throw new IllegalStateException("scoring writes through its outbox");
    }

    @Override
    public void leave(int partition) {
        // Nothing was taken.
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
