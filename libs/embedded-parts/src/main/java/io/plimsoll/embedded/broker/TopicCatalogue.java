package io.plimsoll.embedded.broker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code topics.yaml} (plimsoll.topics/v1) as topics with their configuration. */
final class TopicCatalogue {

    /** Room for the key, the headers and the batch frame around the largest value. */
    private static final int FRAME_BYTES_MAX = 64 * 1024;

    private TopicCatalogue() {}

    static List<Topic> read(Path file) throws IOException {
        JsonNode root = new YAMLMapper().readTree(file.toFile());
        if (!"plimsoll.topics/v1".equals(root.path("format").asText())) {
            throw new IOException(file + ": format is not plimsoll.topics/v1");
        }
        JsonNode rules = root.path("rules");
        int clusterPartitions = rules.required("clusterPartitionsDefault").asInt();
        Map<String, String> common = new HashMap<>();
        common.put(
                "max.message.bytes",
                Integer.toString(rules.required("valueBytesMax").asInt() + FRAME_BYTES_MAX));
        common.put(
                "delete.retention.ms",
                Long.toString(Duration.ofHours(
                                rules.required("tombstoneRetentionHours").asLong())
                        .toMillis()));
        // Only a closed segment is compacted; one machine's topics would keep all history in a first one of 1 GiB.
        common.put("segment.bytes", Integer.toString(16 * 1024 * 1024));
        common.put("segment.ms", Long.toString(Duration.ofHours(6).toMillis()));

        List<Topic> topics = new ArrayList<>();
        for (JsonNode topic : root.required("topics")) {
            String partitions = topic.required("partitions").asText();
            Map<String, String> settings = new HashMap<>(common);
            if (topic.required("compacted").asBoolean()) {
                settings.put("cleanup.policy", "compact");
            }
            topics.add(new Topic(
                    topic.required("name").asText(),
                    "cluster".equals(partitions) ? clusterPartitions : Integer.parseInt(partitions),
                    settings));
        }
        return List.copyOf(topics);
    }
}
