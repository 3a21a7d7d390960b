package io.plimsoll.messaging.log;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Where records come from. Nothing is committed: whoever reads a place reads it from its beginning. One thread. */
public interface RecordSource extends AutoCloseable {

    /** From now on reads these places and no others; a place that is new is read from its beginning. */
    void read(Set<Place> places);

    /** Reads these places, which are being read, from their beginning once more. */
    void again(Set<Place> places);

    /** The next records, in the order of each place; empty when there is none within the time. */
    List<LogRecord> poll(Duration wait);

    /** True when everything was handed out that stood in the place when reading it began. */
    boolean replayed(Place place);

    /**
     * Asks the log itself how many records it holds that were not handed out yet; empty when it does not answer within a bound of seconds.
     * A log that is away and a log with nothing to say look the same to {@link #poll}.
     */
    default OptionalLong behind() {
        return OptionalLong.of(0);
    }

    @Override
    void close();
}
