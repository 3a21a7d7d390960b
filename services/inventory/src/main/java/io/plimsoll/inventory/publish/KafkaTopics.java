package io.plimsoll.inventory.publish;

import io.plimsoll.inventory.flow.OnTopics;
import io.plimsoll.messaging.log.Broker;
import io.plimsoll.messaging.log.KafkaSource;
import io.plimsoll.messaging.log.LogRecord;
import io.plimsoll.messaging.log.Place;
import io.plimsoll.messaging.log.RecordSource;
import io.plimsoll.messaging.log.Topic;
import io.plimsoll.wire.TopicKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the topics hold, read from their beginning. Any thread. */
public final class KafkaTopics implements OnTopics {

    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Broker broker;
    private final Topics topics;

    public KafkaTopics(String bootstrap, Topics topics) {
        this(Broker.plain(bootstrap), topics);
    }

    public KafkaTopics(Broker broker, Topics topics) {
        this.broker = broker;
        this.topics = topics;
    }

    @Override
    public Held cluster(String cluster, int partition) {
        return read(
                Set.of(
                        new Place(Topic.RESOURCES, partition),
                        new Place(Topic.SUBJECTS, partition),
                        new Place(Topic.FACTS, partition)),
                cluster);
    }

    @Override
    public Held declarations() {
        return read(Set.of(new Place(Topic.DECLARATIONS, 0)), "");
    }

    private Held read(Set<Place> places, String cluster) {
        Map<Topic, Set<String>> keys = new EnumMap<>(Topic.class);
        long epoch = 0;
        long number = 0;
        long begun = System.nanoTime();
        try {
            topics.ensure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        try (RecordSource source = new KafkaSource(broker)) {
            source.read(places);
            while (!places.stream().allMatch(source::replayed)) {
                if (System.nanoTime() - begun > LONGEST.toNanos()) {
                    throw new IllegalStateException("the topics were not read within " + LONGEST);
                }
                List<LogRecord> records = source.poll(WAIT);
                for (LogRecord record : records) {
                    boolean declared = record.place().topic() == Topic.DECLARATIONS;
                    if (!declared && !TopicKey.cluster(record.key()).equals(cluster)) {
                        continue;
                    }
                    epoch = Math.max(epoch, record.version().epoch());
                    number = Math.max(number, record.version().number());
                    Set<String> live = keys.computeIfAbsent(record.place().topic(), topic -> new HashSet<>());
                    if (record.value() == null) {
                        live.remove(record.key());
                    } else if (!TopicKey.isMark(record.key())) {
                        live.add(record.key());
                    }
                }
            }
        }
        return new Held(epoch, number, keys);
    }
}
