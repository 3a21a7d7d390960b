package io.plimsoll.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.api.resources.v1.ResourceRecord;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.TopicKey;
import io.plimsoll.wire.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Follows what stands on the topics of resources and evidence, from their beginning, in a thread of its own. */
final class OnTheTopics implements AutoCloseable {

    private static final String RESOURCES = "plimsoll.resources.v1";
    private static final String EVIDENCE = "plimsoll.evidence.v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An object as it stands.
     *
     * @param change the generator's number of the change that made it so; empty when it is as it was at first
     */
    record Standing(String uid, String change, Version revision, String hash) {}

    private final Map<String, Map<String, Standing>> byCluster = new HashMap<>();
    /** When a record of a resource or of evidence was last written, by its key. */
    private final Map<String, Long> written = new ConcurrentHashMap<>();

    private final Thread thread;
    private long twice;
    private volatile boolean closed;

    OnTheTopics(Platform platform) {
        String broker = platform.machine().kafka().bootstrapServers();
        thread = Thread.ofPlatform().daemon().name("on-the-topics").start(() -> follow(broker));
    }

    private void follow(String broker) {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(RESOURCES, EVIDENCE).stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!closed) {
                for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(20))) {
                    written.put(each.key(), System.nanoTime());
                    if (each.topic().equals(RESOURCES) && !TopicKey.isMark(each.key())) {
                        resource(each.key(), each.value());
                    }
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void resource(String key, byte[] value) throws IOException {
        Map<String, Standing> cluster = byCluster.computeIfAbsent(TopicKey.cluster(key), name -> new TreeMap<>());
        if (value == null) {
            cluster.remove(key);
            return;
        }
        ResourceRecord record = ResourceRecord.parseFrom(value);
        JsonNode metadata =
                JSON.readTree(record.getBodies(0).getJson().toByteArray()).path("metadata");
        Standing now = new Standing(
                metadata.path("uid").asText(),
                metadata.path("annotations").path("change").asText(),
                KernelCodec.fromWire(record.getRevision()),
                KernelCodec.hex(record.getContentHash()));
        Standing before = cluster.put(key, now);
        // What a relay that was killed sends again bears its revision; the same under another one was applied again, a
        // rebuild aside.
        if (before != null
                && before.hash().equals(now.hash())
                && before.revision().epoch() == now.revision().epoch()
                && !before.revision().equals(now.revision())) {
            twice++;
        }
    }

    /** Number of the change that each object of a cluster stands at, by uid. */
    synchronized Map<String, String> changes(String cluster) {
        Map<String, String> changes = new TreeMap<>();
        byCluster.getOrDefault(cluster, Map.of()).values().forEach(each -> changes.put(each.uid(), each.change()));
        return changes;
    }

    /** How often an object was written that stood there already. */
    synchronized long appliedTwice() {
        return twice;
    }

    /** Nanoseconds at which a record of a resource or of evidence was last seen written; 0 when never. */
    long writtenAt(String key) {
        return written.getOrDefault(key, 0L);
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join(Duration.ofSeconds(10));
    }
}
