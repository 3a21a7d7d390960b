package io.plimsoll.embedded.broker;

import java.util.Map;

/**
 * A topic as it has to be.
 *
 * @param name as in {@code topics.yaml}
 * @param partitions at least 1; never changes once the topic exists
 * @param settings topic configuration by Kafka's own names
 */
record Topic(String name, int partitions, Map<String, String> settings) {
    Topic {
        if (partitions < 1 || partitions > 1_000) {
            throw new IllegalArgumentException("topic " + name + ": not a partition count: " + partitions);
        }
        settings = Map.copyOf(settings);
    }
}
