package io.plimsoll.audit.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.plimsoll.testing.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CelEnvironmentTest {

    private static final List<String> NOT_READ = List.of("ip", "cidr", "url", "format", "semver");

    private final CelEnvironment environment = new CelEnvironment(List.of());

    /** Lines: library, expression, expected and perhaps {@code (object={…})}, since. */
    @Test
    void givesWhatTheApiServerGivesOrNothing() throws IOException {
        Optional<Path> folder = Fixtures.folder("config");
        assumeTrue(folder.isPresent(), "the shared cases of configuration audit are not here");
        List<String> wrong = new ArrayList<>();
        for (String line : Files.readAllLines(folder.get().resolve("cel-k8s-vectors.tsv"))) {
            String[] row = line.split("\t", -1);
            if (row[1].equals("expression")) {
                continue;
            }
            String got = shown(evaluate(row[1], row[2].contains("'metadata'") ? "metadata" : "spec"));
            String expected = row[2].replaceFirst(" \\(object=.*", "");
            boolean skipped = got.equals("UNKNOWN") && !expected.equals("ERROR") && isNotRead(row);
            if (!got.equals(expected) && !skipped) {
                wrong.add(row[1] + " gives " + got + ", not " + expected);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void readsReservedWordsAsTheyAreEscapedInKubernetes() {
        assertThat(shown(evaluate("object.metadata.__namespace__ == 'shop'", "metadata")))
                .isEqualTo("ERROR");
        assertThat(environment.compile("object.metadata.__namespace__ == 'shop'"))
                .isInstanceOf(Compiled.Ready.class);
    }

    @Test
    void refusesAnExpressionOverTheBound() {
        String longest = "'" + "x".repeat(CelEnvironment.EXPRESSION_CHARS_MAX) + "' != ''";
        assertThat(environment.compile(longest)).isInstanceOf(Compiled.Unreadable.class);
    }

    private static boolean isNotRead(String[] row) {
        return NOT_READ.contains(row[0]) || row[1].contains("findAll('[0-9]+', 2)") || row[1].contains("lastIndexOf");
    }

    private Outcome evaluate(String expression, String field) {
        Map<String, Object> known = Map.of("object", Map.of(field, Map.of()));
        return new Activation(known, Map.of()).evaluate(environment.compile(expression));
    }

    private static String shown(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Result result -> result.value().toString();
            case Outcome.Failed failed -> "ERROR";
            case Outcome.Unknown unknown -> "UNKNOWN";
        };
    }
}
