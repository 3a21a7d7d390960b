package io.plimsoll.messaging.log;

import io.plimsoll.wire.Version;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes to Kafka, one transaction a batch, one transactional producer a partition: its id is writer and partition, so the broker itself
 * refuses a former owner that wakes up late (ADR 0006). One thread.
 */
public final class KafkaSink implements RecordSink {

    private static final int TAKERS_MAX = 6;

    private final Broker broker;
    private final String writer;
    private final Map<Integer, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();

    /**
     * @param bootstrap a plain listener, {@code host:port}, several separated by commas
     * @param writer as in topics.yaml
     */
    public KafkaSink(String bootstrap, String writer) {
        this(Broker.plain(bootstrap), writer);
    }

    /** @param writer as in topics.yaml */
    public KafkaSink(Broker broker, String writer) {
        this.broker = broker;
        this.writer = writer;
    }

    @Override
    public void take(int partition) {
        take(List.of(partition));
    }

    /** Side by side: the broker lets each wait for a tenth of a second, and a replica that starts takes them all. */
    @Override
    public void take(Collection<Integer> partitions) {
        partitions.forEach(this::leave);
        Map<Integer, Future<KafkaProducer<byte[], byte[]>>> begun = new TreeMap<>();
        try (ExecutorService takers = Executors.newFixedThreadPool(TAKERS_MAX)) {
            partitions.forEach(partition -> begun.put(partition, takers.submit(() -> producer(partition))));
        }
        RuntimeException failed = null;
        for (Map.Entry<Integer, Future<KafkaProducer<byte[], byte[]>>> each : begun.entrySet()) {
            Future<KafkaProducer<byte[], byte[]>> ended = each.getValue();
            if (ended.state() == Future.State.SUCCESS) {
                producers.put(each.getKey(), ended.resultNow());
            } else {
                failed = ended.state() == Future.State.FAILED && ended.exceptionNow() instanceof RuntimeException cause
                        ? cause
                        : new IllegalStateException("partition " + each.getKey() + " was not taken");
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private KafkaProducer<byte[], byte[]> producer(int partition) {
        Map<String, Object> settings = broker.settings();
        settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "plimsoll-" + writer + "-" + partition);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L << 20);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 60_000);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 15_000);
        settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 60_000);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        try {
            producer.initTransactions();
        } catch (RuntimeException e) {
            producer.close(java.time.Duration.ZERO);
            throw e;
        }
        return producer;
    }

    @Override
    public void write(int partition, List<LogRecord> records) {
        KafkaProducer<byte[], byte[]> producer = producers.get(partition);
        if (producer == null) {
            throw new IllegalStateException("partition " + partition + " was not taken");
        }
        try {
            producer.beginTransaction();
            for (LogRecord record : Traces.traced(records)) {
                ProducerRecord<byte[], byte[]> out = new ProducerRecord<>(
                        record.place().topic().text(),
                        record.place().partition(),
                        record.key().getBytes(StandardCharsets.UTF_8),
                        record.value());
                out.headers().add(Version.HEADER, record.version().toString().getBytes(StandardCharsets.UTF_8));
                if (!record.trace().isEmpty()) {
                    out.headers().add(Traces.HEADER, record.trace().getBytes(StandardCharsets.UTF_8));
                }
                var unused = producer.send(out);
            }
            producer.commitTransaction();
        } catch (ProducerFencedException | InvalidProducerEpochException e) {
            leave(partition);
            throw new Fenced("partition " + partition + " of " + writer + " has another owner", e);
        } catch (RuntimeException e) {
            // The producer's state is not known any more: a new one under the same id ends its transaction.
            leave(partition);
            throw e;
        }
    }

    @Override
    public void leave(int partition) {
        KafkaProducer<byte[], byte[]> producer = producers.remove(partition);
        if (producer != null) {
            producer.close(java.time.Duration.ofSeconds(2));
        }
    }

    @Override
    public void close() {
        List.copyOf(producers.keySet()).forEach(this::leave);
    }
}
