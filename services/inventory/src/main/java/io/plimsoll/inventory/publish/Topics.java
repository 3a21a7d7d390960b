package io.plimsoll.inventory.publish;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.messaging.log.Broker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics as topics.yaml has them: those that are absent are created, those that are there are checked and never changed. */
public final class Topics {

    private static final String CATALOGUE = "/META-INF/plimsoll/api/topics.yaml";
    private static final long SECONDS_MAX = 30;
    /** Room for key, headers and the frame of a batch around the largest value. */
    private static final int FRAME_BYTES_MAX = 64 << 10;

    private final Broker broker;
    private final List<NewTopic> topics;

    /**
     * @param bootstrap a plain listener, {@code host:port}, several separated by commas
     * @param partitions of the cluster topics
     */
    public Topics(String bootstrap, int partitions) {
        this(Broker.plain(bootstrap), partitions);
    }

    /** @param partitions of the cluster topics */
    public Topics(Broker broker, int partitions) {
        this.broker = broker;
        this.topics = read(partitions);
    }

    private static List<NewTopic> read(int partitions) {
        try (InputStream in = Topics.class.getResourceAsStream(CATALOGUE)) {
            if (in == null) {
                throw new IllegalStateException("topics.yaml is not on the class path");
            }
            Value root = SingleDocument.read("topics.yaml", in);
            Value rules = root.at("rules");
            Map<String, String> settings = new HashMap<>();
            settings.put("cleanup.policy", "compact");
            settings.put(
                    "max.message.bytes",
                    Long.toString(rules.at("valueBytesMax").integer().orElseThrow() + FRAME_BYTES_MAX));
            settings.put(
                    "delete.retention.ms",
                    Long.toString(Duration.ofHours(rules.at("tombstoneRetentionHours")
                                    .integer()
                                    .orElseThrow())
                            .toMillis()));
            // Only a closed segment is compacted.
            settings.put("segment.bytes", Integer.toString(16 << 20));
            settings.put("segment.ms", Long.toString(Duration.ofHours(6).toMillis()));
            return root.items("topics").stream()
                    .map(topic -> new NewTopic(
                                    topic.text("name"), Optional.of(partitions(topic, partitions)), Optional.empty())
                            .configs(settings))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int partitions(Value topic, int ofClusters) {
        return topic.text("partitions").equals("cluster")
                ? ofClusters
                : (int) topic.at("partitions").integer().orElseThrow();
    }

    /**
     * Creates what is absent.
     *
     * @throws IllegalStateException when the broker is away, or a topic has another number of partitions
     */
    public void ensure() throws InterruptedException {
        Map<String, Object> settings = broker.settings();
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 20_000);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        try (Admin admin = Admin.create(settings)) {
            Set<String> there = admin.listTopics().names().get(SECONDS_MAX, TimeUnit.SECONDS);
            List<NewTopic> absent = topics.stream()
                    .filter(topic -> !there.contains(topic.name()))
                    .toList();
            create(admin, absent);
            Map<String, TopicDescription> found = admin.describeTopics(
                            topics.stream().map(NewTopic::name).toList())
                    .allTopicNames()
                    .get(SECONDS_MAX, TimeUnit.SECONDS);
            for (NewTopic topic : topics) {
                TopicDescription description = found.get(topic.name());
                int partitions =
                        description == null ? 0 : description.partitions().size();
                if (partitions != topic.numPartitions()) {
                    throw new IllegalStateException("topic " + topic.name() + " has " + partitions + " partitions, not "
                            + topic.numPartitions() + "; their number never changes");
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics cannot be seen to: " + e.getMessage(), e);
        }
    }

    private static void create(Admin admin, List<NewTopic> absent)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            admin.createTopics(absent).all().get(SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Another replica was faster.
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
