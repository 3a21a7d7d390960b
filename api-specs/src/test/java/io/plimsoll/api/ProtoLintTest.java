package io.plimsoll.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtoLintTest {

    private static final String PATH = "plimsoll/sample/v1/sample.proto";

    private static final String GOOD = """
            syntax = "proto3";
            package plimsoll.sample.v1;
            option java_multiple_files = true;
            option java_package = "io.plimsoll.api.sample.v1";

            // A colour.
            enum HullColour {
              HULL_COLOUR_UNSPECIFIED = 0;
              // As the sea.
              HULL_COLOUR_BLUE = 1;
            }

            // Ships.
            service ShipService {
              // All of them.
              rpc ListShips(ListShipsRequest) returns (ListShipsResponse);
            }

            // Asks.
            message ListShipsRequest {
              // At most 500.
              uint32 page_size = 1;
              string page_token = 2; // Empty at first.
              reserved 4; reserved "draught"; // 2026-09: moved to the hull
            }

            // Answers.
            message ListShipsResponse {
              // By name.
              repeated string ship_names = 1;
              // Empty at last.
              string next_page_token = 2;
              // Unit: metres.
              optional double draught = 3;
              // By name.
              map<string, HullColour> colours = 4;
            }
            """;

    @TempDir
    Path folder;

    @Test
    void findsNothingInOurOwnProtos() {
        // When
        List<String> problems = ProtoLint.problems(Protos.own());
        // Then
        assertThat(problems).isEmpty();
    }

    @Test
    void findsNothingInAGoodSample() {
        assertThat(problems(PATH, GOOD)).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            package plimsoll.sample.v1;          | package plimsoll.other.v1;            | package is not its folder
            package plimsoll.sample.v1;          | package plimsoll.sample;              | package is not plimsoll.<area>.v<number>
            "io.plimsoll.api.sample.v1"          | "io.plimsoll.sample"                  | java_package is not io.plimsoll.api.sample.v1
            option java_multiple_files = true;   | //                                    | java_multiple_files is not true
            HULL_COLOUR_UNSPECIFIED = 0;         | HULL_COLOUR_NONE = 0;                 | does not start with HULL_COLOUR_UNSPECIFIED = 0
            HULL_COLOUR_BLUE = 1;                | BLUE = 1;                             | BLUE does not start with HULL_COLOUR_
            // As the sea.                       |                                       | HullColour.HULL_COLOUR_BLUE has no comment
            // A colour.                         |                                       | HullColour has no comment before it
            // Ships.                            |                                       | ShipService has no comment before it
            // All of them.                      |                                       | ShipService.ListShips has no comment before it
            // Answers.                          |                                       | ListShipsResponse has no comment before it
            // By name.                          |                                       | ListShipsResponse.ship_names has no comment
            ship_names                           | shipNames                             | ListShipsResponse.shipNames is not lower_snake
            ShipService                          | Ship_service                          | Ship_service is not PascalCase
            ShipService                          | Ships                                 | Ships does not end with Service
            enum HullColour                      | enum hullColour                       | hullColour is not PascalCase
            // 2026-09: moved to the hull        |                                       | ListShipsRequest reserves without saying why
            uint32 page_size                     | uint32 size                           | ListShips has no page_size
            uint32 page_size                     | string page_size                      | ListShips has no page_size
            string page_token                    | string token                          | ListShips has no page_token
            string next_page_token               | string next                           | ListShips answers no next_page_token
            returns (ListShipsResponse)          | returns (stream ListShipsResponse)    | ListShips is both paged and streamed
            rpc ListShips(ListShipsRequest)      | rpc ListShips(ListShipsResponse)      | ListShips does not take its own Request
            """)
    void findsABadSample(String good, String bad, String problem) {
        // Given
        assertThat(GOOD).contains(good);
        String replaced = GOOD.replace(good, bad == null ? "" : bad);
        if (good.equals("enum HullColour")) {
            replaced = replaced.replace("string, HullColour", "string, hullColour");
        }
        // When
        List<String> problems = problems(PATH, replaced);
        // Then
        assertThat(problems)
                .anySatisfy(found -> assertThat(found).startsWith(PATH).contains(problem));
    }

    @Test
    void findsRequiredFields() {
        // Given
        String proto2 = """
                syntax = "proto2";
                package plimsoll.sample.v1;
                option java_multiple_files = true;
                option java_package = "io.plimsoll.api.sample.v1";
                // A ship.
                message Ship {
                  // Its name.
                  required string name = 1;
                }
                """;
        // When
        List<String> problems = problems(PATH, proto2);
        // Then
        assertThat(problems).containsExactly(PATH + ": syntax is not proto3", PATH + ": Ship.name is required");
    }

    @Test
    void findsAReservedEnumValueWithoutItsReason() {
        // Given
        String reserved = GOOD.replace("HULL_COLOUR_BLUE = 1;", "HULL_COLOUR_BLUE = 1;\n  reserved 2;");
        // When
        List<String> problems = problems(PATH, reserved);
        // Then
        assertThat(problems).containsExactly(PATH + ": HullColour reserves without saying why");
    }

    @Test
    void refusesWhatDoesNotCompile() {
        assertThatThrownBy(() -> problems(PATH, GOOD.replace("repeated string", "repeated strin")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"strin\" is not defined");
    }

    private List<String> problems(String path, String source) {
        return ProtoLint.problems(Protos.of(folder, Map.of(path, source)));
    }
}
