package io.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {

    private static final Set<String> SERVICES = Set.of(
            "inventory",
            "config-audit",
            "network-segmentation",
            "image-scan",
            "stage-scoring",
            "governance",
            "gateway");

    private static final List<String> OBJECT_KEY = List.of("cluster", "group", "kind", "namespace", "name");

    private static final Set<String> MESSAGES = Protos.own().getFileList().stream()
            .flatMap(file -> file.getMessageTypeList().stream().map(m -> file.getPackage() + "." + m.getName()))
            .collect(Collectors.toUnmodifiableSet());

    @Test
    void holdsEveryTopicOfTheMapWithItsKey() {
        // When
        Map<String, List<String>> keys = Topic.own().stream().collect(Collectors.toMap(Topic::name, Topic::key));
        // Then
        assertThat(keys)
                .containsOnly(
                        Map.entry("plimsoll.resources.v1", OBJECT_KEY),
                        Map.entry("plimsoll.subjects.v1", OBJECT_KEY),
                        Map.entry("plimsoll.facts.v1", OBJECT_KEY),
                        Map.entry("plimsoll.evidence.v1", List.of("cluster", "analyser", "subject")),
                        Map.entry("plimsoll.tallies.v1", List.of("scope", "cluster")),
                        Map.entry("plimsoll.declarations.v1", List.of("kind", "name")),
                        Map.entry("plimsoll.stages.v1", List.of("scope")));
    }

    @Test
    void carriesInEachTopicAMessageOfTheSamePackage() {
        assertThat(Topic.own()).allSatisfy(topic -> {
            assertThat(MESSAGES).contains(topic.payload());
            assertThat(topic.payload()).startsWith(topic.name() + ".");
        });
    }

    @Test
    void namesOnlyServicesOfTheMap() {
        assertThat(Topic.own()).allSatisfy(topic -> {
            assertThat(topic.writer()).isNotEmpty().isSubsetOf(SERVICES);
            assertThat(topic.readers()).isNotEmpty().isSubsetOf(SERVICES);
        });
    }

    @Test
    void givesAllClusterTopicsTheSamePartitionsAndDeclarationsOne() {
        assertThat(Topic.own())
                .allSatisfy(topic -> assertThat(topic.partitions())
                        .isEqualTo(topic.name().equals("plimsoll.declarations.v1") ? "1" : "cluster"));
        assertThat(Topic.rules().get("clusterPartitionsDefault")).isInstanceOf(Integer.class);
    }

    @Test
    void compactsAndVersionsEveryTopic() {
        assertThat(Topic.own()).allSatisfy(topic -> {
            assertThat(topic.compacted()).isTrue();
            assertThat(topic.versionedBy()).isNotEmpty();
        });
        assertThat(Topic.own())
                .filteredOn(topic -> topic.key().contains("cluster"))
                .allSatisfy(topic -> assertThat(topic.versionedBy()).containsExactly("epoch", "number", "generation"));
    }

    @Test
    void boundsRecordsAndSaysWhatMarksAndTombstonesAre() {
        // When
        Map<?, ?> rules = Topic.rules();
        // Then
        assertThat(rules.get("valueBytesMax")).isEqualTo(900 * 1024);
        Map<?, ?> mark = (Map<?, ?>) rules.get("mark");
        assertThat(mark.get("key")).isEqualTo(List.of("cluster", "!mark", "writer"));
        assertThat(MESSAGES).contains((String) mark.get("payload"));
        Map<?, ?> tombstone = (Map<?, ?>) rules.get("tombstone");
        assertThat(tombstone.get("value")).isEqualTo("absent");
        assertThat(tombstone.get("rule")).asString().isNotBlank();
        Map<?, ?> version = (Map<?, ?>) rules.get("version");
        assertThat(version.get("fields")).isEqualTo(List.of("epoch", "number", "generation"));
    }

    @Test
    void declaresItsFormat() {
        assertThat(Topic.document().get("format")).isEqualTo("plimsoll.topics/v1");
    }
}
