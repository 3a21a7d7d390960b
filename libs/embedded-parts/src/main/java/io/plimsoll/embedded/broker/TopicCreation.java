package io.plimsoll.embedded.broker;

import java.io.Serial;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/** Brings the broker's topics to what they have to be; what exists is checked, never changed. */
final class TopicCreation {

    private static final int SECONDS_MAX = 30;

    private TopicCreation() {}

    /** A topic exists with another partition count: its keys would lie elsewhere, so nobody may go on. */
    static final class TopicMismatch extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        TopicMismatch(String message) {
            super(message);
        }
    }

    static void ensure(String bootstrap, List<Topic> topics)
            throws TopicMismatch, ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap))) {
            Set<String> existing = admin.listTopics().names().get(SECONDS_MAX, TimeUnit.SECONDS);
            List<NewTopic> missing = topics.stream()
                    .filter(topic -> !existing.contains(topic.name()))
                    .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1).configs(topic.settings()))
                    .toList();
            admin.createTopics(missing).all().get(SECONDS_MAX, TimeUnit.SECONDS);
            Map<String, TopicDescription> found = admin.describeTopics(topics.stream()
                            .map(Topic::name)
                            .filter(existing::contains)
                            .toList())
                    .allTopicNames()
                    .get(SECONDS_MAX, TimeUnit.SECONDS);
            for (Topic topic : topics) {
                TopicDescription description = found.get(topic.name());
                if (description != null && description.partitions().size() != topic.partitions()) {
                    throw new TopicMismatch("topic " + topic.name() + " has "
                            + description.partitions().size() + " partitions, not " + topic.partitions()
                            + "; a partition count never changes, use a new data folder or rebuild");
                }
            }
        }
    }
}
