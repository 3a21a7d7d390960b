package io.plimsoll.messaging.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.embedded.EmbeddedParts;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A broker without what is to be read is told from one that is away. */
class TopicsMissingTest {

    @Test
    void namesAllThatAreMissingInOneLine() {
        assertThat(TopicsMissing.of(
                        Map.of("plimsoll.facts.v1", 12),
                        Set.of(
                                new Place(Topic.FACTS, 0),
                                new Place(Topic.SUBJECTS, 0),
                                new Place(Topic.SUBJECTS, 1),
                                new Place(Topic.EVIDENCE, 3))))
                .get()
                .hasToString("io.plimsoll.messaging.log.TopicsMissing: the broker has no topic plimsoll.evidence.v1,"
                        + " plimsoll.subjects.v1: make the topics of topics.yaml");
    }

    @Test
    void saysNothingWhereAllIsThere() {
        assertThat(TopicsMissing.of(Map.of("plimsoll.facts.v1", 12), Set.of(new Place(Topic.FACTS, 11))))
                .isEmpty();
    }

    @Test
    void aRealBrokerWithFewerPartitionsIsNamedAtOnce() {
        String bootstrap = EmbeddedParts.infrastructure().kafka().bootstrapServers();
        try (KafkaSource source = new KafkaSource(bootstrap)) {
            assertThatThrownBy(() -> source.read(Set.of(new Place(Topic.FACTS, 0), new Place(Topic.FACTS, 99))))
                    .isInstanceOf(TopicsMissing.class)
                    .hasMessageContaining("plimsoll.facts.v1 has 12 partitions, partition 99 is asked for");
        }
    }
}
