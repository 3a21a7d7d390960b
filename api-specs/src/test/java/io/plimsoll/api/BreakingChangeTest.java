package io.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakingChangeTest {

    private static final Path BASELINE = Path.of("baseline/api.txt");

    private static final String PUBLISHED = """
            syntax = "proto3";
            package plimsoll.sample.v1;
            option java_package = "io.plimsoll.api.sample.v1";
            enum Colour { COLOUR_UNSPECIFIED = 0; COLOUR_BLUE = 1; }
            service ShipService { rpc Launch(LaunchRequest) returns (LaunchResponse); }
            message LaunchRequest { string name = 1; Colour colour = 2; oneof mark { double draught = 3; } }
            message LaunchResponse { repeated string names = 1; reserved 2; reserved "risk"; }
            """;

    private static final Topic TOPIC = new Topic(
            "plimsoll.ships.v1",
            List.of("cluster", "name"),
            "plimsoll.sample.v1.LaunchRequest",
            List.of("inventory"),
            List.of("gateway"),
            "cluster",
            true,
            List.of("epoch"),
            true);

    @TempDir
    Path folder;

    @Test
    void keepsEverythingThatWasPublished() throws IOException {
        // Given
        boolean rewriting = Boolean.getBoolean("plimsoll.golden");
        boolean first = rewriting && !Files.exists(BASELINE);
        List<String> baseline = first ? List.of() : Files.readAllLines(BASELINE);
        NavigableSet<String> now = ApiText.of(Protos.own(), Topic.own());
        // When
        Growth growth = Growth.between(baseline, now);
        // Then
        assertThat(growth.broken())
                .as("published and now gone or changed; reserve the number and the name, or make a new version")
                .isEmpty();
        if (rewriting) {
            Files.createDirectories(BASELINE.getParent());
            Files.writeString(BASELINE, String.join("\n", now) + "\n");
            return;
        }
        assertThat(growth.added())
                .as("new; ./mvnw -Pgolden -pl api-specs test writes it to " + BASELINE + ", review the difference")
                .isEmpty();
        assertThat(growth.buried())
                .as("buried; ./mvnw -Pgolden -pl api-specs test takes it out of " + BASELINE)
                .isEmpty();
        assertThat(baseline).as("sorted, each line once").isEqualTo(List.copyOf(now));
    }

    @Test
    void findsNothingWhenNothingChanged() {
        assertThat(growth(PUBLISHED, TOPIC).nothing()).isTrue();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
            string name = 1;             |                              | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            string name = 1;             | reserved 1;                  | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            string name = 1;             | reserved "name";             | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            string name = 1;             | string title = 1;            | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            string name = 1;             | string name = 7;             | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            string name = 1;             | bytes name = 1;              | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            string name = 1;             | optional string name = 1;    | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            string name = 1;             | repeated string name = 1;    | field plimsoll.sample.v1.LaunchRequest.name = 1 string
            Colour colour = 2;           | LaunchResponse colour = 2;   | field plimsoll.sample.v1.LaunchRequest.colour = 2 plimsoll.sample.v1.Colour
            oneof mark { double draught = 3; } | double draught = 3;    | field plimsoll.sample.v1.LaunchRequest.draught = 3 oneof mark double
            COLOUR_BLUE = 1;             |                              | value plimsoll.sample.v1.Colour.COLOUR_BLUE = 1
            COLOUR_BLUE = 1;             | COLOUR_RED = 1;              | value plimsoll.sample.v1.Colour.COLOUR_BLUE = 1
            reserved 2;                  |                              | reserved plimsoll.sample.v1.LaunchResponse 2
            reserved 2;                  | string risks = 2;            | reserved plimsoll.sample.v1.LaunchResponse 2
            reserved "risk";             |                              | reserved plimsoll.sample.v1.LaunchResponse "risk"
            rpc Launch                   | rpc Float                    | rpc plimsoll.sample.v1.ShipService.Launch (plimsoll.sample.v1.LaunchRequest) returns (plimsoll.sample.v1.LaunchResponse)
            (LaunchRequest)              | (stream LaunchRequest)       | rpc plimsoll.sample.v1.ShipService.Launch (plimsoll.sample.v1.LaunchRequest) returns (plimsoll.sample.v1.LaunchResponse)
            ShipService                  | BoatService                  | service plimsoll.sample.v1.ShipService
            message LaunchResponse       | message LaunchAnswer         | message plimsoll.sample.v1.LaunchResponse
            io.plimsoll.api.sample.v1    | io.plimsoll.api.ship.v1      | package plimsoll.sample.v1 java io.plimsoll.api.sample.v1
            """)
    void findsWhatBreaks(String before, String after, String broken) {
        // Given
        assertThat(PUBLISHED).contains(before);
        String changed = PUBLISHED.replace(before, after == null ? "" : after);
        if (before.startsWith("message ")) {
            changed = changed.replace("returns (LaunchResponse)", "returns (LaunchAnswer)");
        }
        // When
        Growth growth = growth(changed, TOPIC);
        // Then
        assertThat(growth.broken()).contains(broken);
    }

    @Test
    void letsAFieldBeBuriedWithNumberAndName() {
        // When
        Growth growth = growth(PUBLISHED.replace("string name = 1;", "reserved 1; reserved \"name\";"), TOPIC);
        // Then
        assertThat(growth.broken()).isEmpty();
        assertThat(growth.buried()).containsExactly("field plimsoll.sample.v1.LaunchRequest.name = 1 string");
    }

    @Test
    void letsAnEnumValueBeBuriedWithNumberAndName() {
        // When
        Growth growth = growth(PUBLISHED.replace("COLOUR_BLUE = 1;", "reserved 1; reserved \"COLOUR_BLUE\";"), TOPIC);
        // Then
        assertThat(growth.broken()).isEmpty();
        assertThat(growth.buried()).containsExactly("value plimsoll.sample.v1.Colour.COLOUR_BLUE = 1");
    }

    @Test
    void letsTheApiGrow() {
        // When
        Growth growth = growth(PUBLISHED.replace("string name = 1;", "string name = 1; string port = 9;"), TOPIC);
        // Then
        assertThat(growth.broken()).isEmpty();
        assertThat(growth.added()).containsExactly("field plimsoll.sample.v1.LaunchRequest.port = 9 string");
    }

    @Test
    void findsATopicWithAnotherKey() {
        // Given
        Topic changed = new Topic(
                TOPIC.name(),
                List.of("name"),
                TOPIC.payload(),
                TOPIC.writer(),
                TOPIC.readers(),
                TOPIC.partitions(),
                TOPIC.mark(),
                TOPIC.versionedBy(),
                TOPIC.compacted());
        // When
        Growth growth = growth(PUBLISHED, changed);
        // Then
        assertThat(growth.broken())
                .singleElement()
                .asString()
                .startsWith("topic plimsoll.ships.v1 key [cluster, name] payload plimsoll.sample.v1.LaunchRequest");
    }

    private Growth growth(String changed, Topic topic) {
        return Growth.between(text("before", PUBLISHED, TOPIC), text("after", changed, topic));
    }

    private NavigableSet<String> text(String name, String source, Topic topic) {
        return ApiText.of(
                Protos.of(folder.resolve(name), Map.of("plimsoll/sample/v1/sample.proto", source)), List.of(topic));
    }
}
