package io.plimsoll.messaging.log;

import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from Kafka with positions of its own: no group, no commits (ADR 0006). Only what was committed by its writer is seen.
 */
public final class KafkaSource implements RecordSource {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaSource.class);
    private static final int RECORDS_MAX = 2_000;
    /** Small writes of many are read together, so that each of them wakes nobody by itself; for so much nobody waits. */
    private static final int GATHERED_BYTES = 16 << 10;

    private static final int GATHERED_MILLIS = 100;
    /** A question the broker does not answer within this is a fault; the corridor begins anew after it. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(15);
    /** The same for a question that may go unanswered. */
    private static final Duration LOOK_MAX = Duration.ofSeconds(2);

    private final KafkaConsumer<byte[], byte[]> consumer;
    /** Where each place ended when reading it began. */
    private final Map<Place, Long> ends = new HashMap<>();

    /** @param bootstrap a plain listener, {@code host:port}, several separated by commas */
    public KafkaSource(String bootstrap) {
        this(Broker.plain(bootstrap));
    }

    public KafkaSource(Broker broker) {
        Map<String, Object> settings = broker.settings();
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_MAX);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, GATHERED_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, GATHERED_MILLIS);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis());
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_MAX.toMillis() - 1_000);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void read(Set<Place> places) {
        Set<Place> fresh = new HashSet<>(places);
        consumer.assignment().forEach(partition -> fresh.remove(place(partition)));
        if (!fresh.isEmpty()) {
            requireThere(fresh);
        }
        List<TopicPartition> all = places.stream().map(KafkaSource::partition).toList();
        consumer.assign(all);
        ends.keySet().retainAll(places);
        if (!fresh.isEmpty()) {
            again(fresh);
        }
    }

    /** Asked first: reading what is not there only times out, and says nothing. */
    private void requireThere(Set<Place> places) {
        Map<String, Integer> partitions = new HashMap<>();
        consumer.listTopics().forEach((topic, each) -> partitions.put(topic, each.size()));
        TopicsMissing.of(partitions, places).ifPresent(missing -> {
            throw missing;
        });
    }

    @Override
    public void again(Set<Place> places) {
        List<TopicPartition> begun = places.stream().map(KafkaSource::partition).toList();
        consumer.seekToBeginning(begun);
        consumer.endOffsets(begun).forEach((partition, end) -> ends.put(place(partition), end));
    }

    @Override
    public List<LogRecord> poll(Duration wait) {
        List<LogRecord> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            Version version = version(record);
            if (record.key() == null || version == null) {
                LOG.atWarn()
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .log("record without key or version passed over");
                continue;
            }
            records.add(new LogRecord(
                    new Place(Topic.of(record.topic()), record.partition()),
                    new String(record.key(), StandardCharsets.UTF_8),
                    record.value(),
                    version,
                    trace(record)));
        }
        return records;
    }

    private static String trace(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Traces.HEADER);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static @org.jspecify.annotations.Nullable Version version(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Version.HEADER);
        if (header == null) {
            return null;
        }
        try {
            return Version.parse(new String(header.value(), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    public boolean replayed(Place place) {
        Long end = ends.get(place);
        return end != null && consumer.position(partition(place)) >= end;
    }

    @Override
    public OptionalLong behind() {
        try {
            long behind = 0;
            for (Map.Entry<TopicPartition, Long> end :
                    consumer.endOffsets(consumer.assignment(), LOOK_MAX).entrySet()) {
                behind += Math.max(0, end.getValue() - consumer.position(end.getKey(), LOOK_MAX));
            }
            return OptionalLong.of(behind);
        } catch (TimeoutException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(LOOK_MAX));
    }

    private static TopicPartition partition(Place place) {
        return new TopicPartition(place.topic().text(), place.partition());
    }

    private static Place place(TopicPartition partition) {
        return new Place(Topic.of(partition.topic()), partition.partition());
    }
}
