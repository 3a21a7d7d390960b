package io.plimsoll.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plimsoll.cli.ExitCode;
import io.plimsoll.cli.Plimsoll;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A generated estate of 60 pods, 24 NetworkPolicies and 6 cluster-wide ones, whose generator counted what policies select while it
 * wrote them: {@code --clusters 1 --namespaces 6 --pods 60 --templates 25 --policies 24 --admin-policies 6}.
 */
class SummaryTest {

    private static final Path ESTATE = Path.of("src/test/resources/estate");

    @TempDir
    Path folder;

    @Test
    void countsThePodsThatTheGeneratorSaysAreSelected() throws IOException {
        // Given
        JsonNode truth = new ObjectMapper()
                .readTree(ESTATE.resolve("small.truth.json").toFile())
                .get("counts");
        Map<String, Integer> wanted = new TreeMap<>();
        for (String count : List.of(
                "pods",
                "pods_netpol_ingress",
                "pods_netpol_egress",
                "pods_netpol_ingress_hostnetwork",
                "pods_cnp_admin",
                "pods_cnp_baseline")) {
            wanted.put(count, truth.get(count).intValue());
        }
        Path answer = folder.resolve("answer");
        // When
        int code = Plimsoll.run(
                "connections", ESTATE.resolve("small.jsonl").toString(), "--summary", "-o", answer.toString());
        // Then
        assertThat(code).isEqualTo(ExitCode.DONE);
        Map<String, Integer> counted = new TreeMap<>();
        for (String line : Files.readAllLines(answer)) {
            String[] pair = line.split(": ", 2);
            if (wanted.containsKey(pair[0])) {
                counted.put(pair[0], Integer.valueOf(pair[1]));
            }
        }
        assertThat(counted).isEqualTo(wanted);
    }
}
