package io.plimsoll.maturity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plimsoll.maturity.model.StageModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageModelTest {

    private static final String MODEL = """
            format: plimsoll.model/v1
            id: m
            version: "1"
            populations:
            - {id: a, subject: workload, where: [application]}
            gates:
            - id: G
              stage: 2
              sentence: [L25.1]
              class: intrinsic
              scopes: {asked: [organisation]}
              clauses: [{control: c, population: a, threshold: 0.8}]
            """;

    private static StageModel read(String text) throws IOException {
        return StageModel.read("model.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsWhatItIsGiven() throws IOException {
        StageModel model = read(MODEL);
        assertThat(model.gates()).hasSize(1);
        assertThat(model.digest()).hasSize(64);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "where: [application]} | where: [nonsense]}           | no predicate nonsense",
                "where: [application]} | whenEmpty: a}                | leads back to itself",
                "where: [application]} | whenEmpty: b}                | does not exist",
                "subject: workload     | subject: thing               | none of",
                "population: a         | population: z                | no population z",
                "threshold: 0.8        | threshold: 8                 | threshold",
                "stage: 2              | stage: 9                     | stage 2..5",
                "class: intrinsic      | class: odd                   | none of",
                "format: plimsoll.model/v1 | format: other            | not a stage model"
            })
    void saysWhatIsWrong(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(MODEL.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
