package io.plimsoll.messaging.log;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where records go. */
public interface RecordSink extends AutoCloseable {

    /** Takes the partition over from whoever wrote to it before under the same name: that one can write no more. */
    void take(int partition);

    /** Takes several over; when one cannot be, some of the others may have been. */
    default void take(Collection<Integer> partitions) {
        partitions.forEach(this::take);
    }

    /**
     * Writes all or nothing, durably, in this order.
     *
     * @throws Fenced when somebody else has taken the partition over
     */
    void write(int partition, List<LogRecord> records);

    /** Gives the partition up. */
    void leave(int partition);

    @Override
    void close();

    /** Somebody else owns the partition now. */
    final class Fenced extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Fenced(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
