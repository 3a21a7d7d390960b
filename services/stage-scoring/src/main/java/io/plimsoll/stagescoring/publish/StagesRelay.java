package io.plimsoll.stagescoring.publish;

import io.plimsoll.messaging.log.KafkaSink;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.stagescoring.flow.StageStore;
import io.plimsoll.stagescoring.flow.StageStore.Outgoing;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends stages from the outbox to their topic, in their order. What was sent is taken out after the broker has it; a crash in between sends the
 * same record once more, with the same sequence, which no reader takes for a newer one.
 */
public final class StagesRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StagesRelay.class);
    private static final int RECORDS_MAX = 200;
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);

    private final StageStore store;
    private final String bootstrap;
    private final int partitions;
    private final BooleanSupplier mine;
    private final Thread thread = new Thread(this::run, "stages-relay");
    private volatile boolean stopped;

    /** @param mine whether this replica merges: only it sends */
    public StagesRelay(StageStore store, String bootstrap, int partitions, BooleanSupplier mine) {
        this.store = store;
        this.bootstrap = bootstrap;
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
            try (KafkaSink sink = new KafkaSink(bootstrap, "stage-scoring-stages")) {
                Set<Integer> taken = new HashSet<>();
                while (!stopped) {
                    int sent = mine.getAsBoolean() ? send(sink, taken) : 0;
                    pause = IDLE;
                    if (sent < RECORDS_MAX) {
                        Thread.sleep(IDLE);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(e.getMessage()))
                        .log("stages cannot be sent, trying again");
                pause = sleep(pause);
            }
        }
    }

    private Duration sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : longer;
    }

    private int send(KafkaSink sink, Set<Integer> taken) {
        List<Outgoing> outgoing = store.outgoing(RECORDS_MAX);
        TreeMap<Integer, List<LogRecord>> byPartition = new TreeMap<>();
        for (Outgoing each : outgoing) {
            String key = TopicKey.stage(each.scope());
            int partition = Math.floorMod(key.hashCode(), partitions);
            byPartition
                    .computeIfAbsent(partition, p -> new ArrayList<>())
                    .add(new LogRecord(
                            new Place(Topic.STAGES, partition),
                            key,
                            each.record(),
                            new Version(0, each.sequence(), 0)));
        }
        byPartition.forEach((partition, records) -> {
            if (taken.add(partition)) {
                sink.take(partition);
            }
            sink.write(partition, records);
        });
        if (!outgoing.isEmpty()) {
            store.sent(outgoing.getLast().id());
        }
        return outgoing.size();
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
