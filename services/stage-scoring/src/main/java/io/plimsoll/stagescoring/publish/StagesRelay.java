package io.plimsoll.stagescoring.publish;

import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSink;
import io.plimsoll.messaging.log.RecordSource;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.stagescoring.flow.StageStore;
import io.plimsoll.stagescoring.flow.StageStore.Outgoing;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends stages from the outbox to their topic, in their order, each once. A batch is one transaction of one producer, which fences the one before
 * it off; then it is taken out of the outbox. Whoever begins after a crash in between reads the topic first: what stands there was sent.
 */
public final class StagesRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StagesRelay.class);
    private static final int RECORDS_MAX = 200;
    /** One producer for all partitions of the topic: its name is that of this one. */
    private static final int PRODUCER = 0;

    private static final Duration IDLE = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final StageStore store;
    private final Supplier<RecordSource> sources;
    private final Supplier<RecordSink> sinks;
    private final int partitions;
    private final BooleanSupplier mine;
    private final Thread thread = new Thread(this::run, "stages-relay");
    private volatile boolean stopped;

    /**
     * @param sources readers that have read nothing yet
     * @param sinks writers under one name
     * @param partitions of the topic
     * @param mine whether this replica merges: only it sends
     */
    public StagesRelay(
            StageStore store,
            Supplier<RecordSource> sources,
            Supplier<RecordSink> sinks,
            int partitions,
            BooleanSupplier mine) {
        this.store = store;
        this.sources = sources;
        this.sinks = sinks;
        this.partitions = partitions;
        this.mine = mine;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        Duration pause = IDLE;
        while (!stopped) {
            try {
                if (mine.getAsBoolean()) {
                    walk();
                }
                pause = IDLE;
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("stages cannot be sent, trying again");
                pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause.multipliedBy(2);
            }
            sleep(pause);
        }
    }

    /** Sends for as long as this replica merges. */
    private void walk() {
        try (Sending sending = new Sending()) {
            while (!stopped && mine.getAsBoolean()) {
                if (sending.send() < RECORDS_MAX) {
                    sleep(IDLE);
                }
            }
        }
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    /** Sends what waits and forgets everything: for those that walk by hand. */
    void once() {
        try (Sending sending = new Sending()) {
            while (sending.send() > 0) {
                // Until nothing waits.
            }
        }
    }

    /** One time of being the one that sends. */
    private final class Sending implements AutoCloseable {

        private final RecordSink sink = sinks.get();
        /** Newest sequence on the topic, by key. */
        private final Map<String, Long> sent = new HashMap<>();

        Sending() {
            try {
                // In this order: after the first, nobody else adds to what the second reads.
                sink.take(PRODUCER);
                read();
            } catch (RuntimeException e) {
                sink.close();
                throw e;
            }
        }

        private void read() {
            Set<Place> places = new HashSet<>();
            for (int partition = 0; partition < partitions; partition++) {
                places.add(new Place(Topic.STAGES, partition));
            }
            try (RecordSource source = sources.get()) {
                source.read(places);
                while (!stopped) {
                    for (LogRecord record : source.poll(IDLE)) {
                        sent.merge(record.key(), record.version().number(), Math::max);
                    }
                    if (places.stream().allMatch(source::replayed)) {
                        return;
                    }
                }
            }
        }

        /** @return how many were taken out of the outbox */
        int send() {
            List<Outgoing> outgoing = store.outgoing(RECORDS_MAX);
            List<LogRecord> records = new ArrayList<>();
            for (Outgoing each : outgoing) {
                String key = TopicKey.stage(each.scope());
                if (each.sequence() > sent.getOrDefault(key, 0L)) {
                    int partition = Math.floorMod(key.hashCode(), partitions);
                    records.add(new LogRecord(
                            new Place(Topic.STAGES, partition),
                            key,
                            each.record(),
                            new Version(0, each.sequence(), 0)));
                }
            }
            if (!records.isEmpty()) {
                sink.write(PRODUCER, records);
                records.forEach(
                        record -> sent.put(record.key(), record.version().number()));
            }
            if (!outgoing.isEmpty()) {
                store.sent(outgoing.getLast().id());
            }
            return outgoing.size();
        }

        @Override
        public void close() {
            sink.close();
        }
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
