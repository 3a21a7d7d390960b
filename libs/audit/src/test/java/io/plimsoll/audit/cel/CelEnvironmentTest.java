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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelEnvironmentTest {

    private final CelEnvironment environment = new CelEnvironment(List.of());

    /** Lines: library, expression, expected and perhaps {@code (object={…})}, since. */
    @Test
    void givesWhatTheSharedVectorsSay() throws IOException {
        Optional<Path> folder = Fixtures.folder("config");
        assumeTrue(folder.isPresent(), "the shared cases of configuration audit are not here");
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (String line : Files.readAllLines(folder.get().resolve("cel-k8s-vectors.tsv"))) {
            String[] row = line.split("\t", -1);
            if (row[1].equals("expression")) {
                continue;
            }
            asked++;
            Map<String, Object> object = row[2].contains("'metadata'")
                    ? Map.of("metadata", Map.of())
                    : row[2].contains("'spec'") ? Map.of("spec", Map.of()) : Map.of();
            int since = Integer.parseInt(row[3].substring("1.".length()));
            String expected = row[2].replaceFirst(" \\(object=.*", "");
            for (TargetVersion target : List.of(TargetVersion.NEWEST, new TargetVersion(since))) {
                String got = Shown.of(
                        CelEnvironment.admission(target, List.of()).compile(row[1]),
                        new Activation(Map.of("object", object), Map.of()));
                boolean error = got.equals("FAIL") || got.equals("COMPILE");
                if (expected.equals("ERROR") ? !error : !got.equals(expected)) {
                    wrong.add(row[1] + " gives " + got + " at " + target + ", not " + expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isGreaterThanOrEqualTo(44);
    }

    @Test
    void refusesAnExpressionOverTheBound() {
        String longest = "'" + "x".repeat(CelEnvironment.EXPRESSION_CHARS_MAX) + "' != ''";
        assertThat(environment.compile(longest))
                .isEqualTo(new Compiled.Unreadable("budget: an expression over 65536 characters"));
    }

    @Test
    void refusesAnExpressionThatIsNestedTooDeeply() {
        assertThat(environment.compile("(".repeat(30_000) + "1" + ")".repeat(30_000)))
                .isInstanceOf(Compiled.Unreadable.class);
        assertThat(environment.compile("1" + " + 1".repeat(16_000) + " > 0")).isInstanceOf(Compiled.Unreadable.class);
    }

    /** Each would take minutes, or more memory than there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "lists.range(50000).all(a, lists.range(50000).all(b, a != b - 60000))",
                "lists.range(100).all(a, lists.range(100).all(b, lists.range(100).all(c, lists.range(100).all(d, d >= 0))))",
                "lists.range(90000).all(i, object.text.charAt(i) == 'x')",
                "lists.range(90000).all(i, object.text.matches('^(x+x+)+$'))",
                "object.text.replace('', object.text).size() > 0",
                "lists.range(90000).map(i, 'x').join(object.text).size() > 0",
                "'%s%s'.format([object.text, object.text]).replace('x', object.text).size() > 0",
                "[object.text].all(t, lists.range(90000).all(i, t + 'y' != t))",
                "lists.range(90000).all(i, lists.range(90000).indexOf(-1) < 0)",
                "lists.range(90000).all(a, lists.range(90000).all(b, true)) || true",
            })
    void endsWhatWouldRunForEver(String expression) {
        Map<String, Object> names = Map.of("object", Map.of("text", "x".repeat(1_500_000)));
        Outcome outcome = new Activation(names, Map.of()).evaluate(environment.compile(expression));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).startsWith("budget: "));
    }

    @Test
    void endsVariablesThatDoubleEachOther() {
        List<String> names = new ArrayList<>(List.of("v0"));
        Map<String, Compiled> variables = new java.util.HashMap<>();
        for (int i = 1; i < 60; i++) {
            names.add("v" + i);
        }
        CelEnvironment doubling = new CelEnvironment(names);
        variables.put("v0", doubling.compile("'0123456789'"));
        for (int i = 1; i < 60; i++) {
            variables.put("v" + i, doubling.compile("variables.v%d + variables.v%d".formatted(i - 1, i - 1)));
        }
        Outcome outcome = new Activation(Map.of(), variables).evaluate(doubling.compile("variables.v59 != ''"));
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Unknown.class,
                        unknown -> assertThat(unknown.why()).startsWith("budget: "));
    }

    @Test
    void asksItsCallerWhetherTimeIsUp() {
        AtomicInteger asked = new AtomicInteger();
        Compiled loop = environment.compile("lists.range(20000).all(i, i >= 0)");
        Outcome outcome = new Activation(Map.of(), Map.of(), () -> asked.incrementAndGet() > 3).evaluate(loop);
        assertThat(outcome).isEqualTo(new Outcome.Unknown("budget: the time for it is up"));
        assertThat(asked).hasValue(4);
    }

    @Test
    void doesNotKnowWhatTheApiServerDoesNotKnow() {
        for (String text : List.of("cel.bind(x, 1, x)", "math.greatest(1, 2)", "base64.encode(b'a')", "nope(1)")) {
            assertThat(environment.compile(text)).isInstanceOf(Compiled.Unreadable.class);
        }
    }
}
