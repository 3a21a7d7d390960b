package io.plimsoll.audit.cel;

import static org.assertj.core.api.Assertions.assertThat;

import io.plimsoll.kubernetes.manifest.SingleDocument;
import io.plimsoll.kubernetes.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tables of expressions beside this test, one for each library; {@code object.yaml} is the object. Columns: expression,
 * expected (COMPILE: refused, FAIL: fails when evaluated, UNKNOWN: asks for what only a cluster knows), the minor version it
 * came with, and where it is written.
 */
class VectorsTest {

    private static final int ROWS_MIN = 15;

    private record Row(String expression, String expected, int since, String source) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quantity",
                "ip",
                "cidr",
                "url",
                "regex",
                "lists",
                "format",
                "text-format",
                "strings",
                "semver",
                "sets",
                "optional",
                "comprehensions",
                "numbers",
                "escaping",
                "authorizer"
            })
    void givesWhatTheApiServerGives(String library) throws IOException {
        List<String> wrong = new ArrayList<>();
        List<Row> rows = rows(library);
        for (Row row : rows) {
            String newest = shown(row, TargetVersion.NEWEST);
            String oldest = shown(row, new TargetVersion(row.since()));
            if (!newest.equals(row.expected()) || !oldest.equals(row.expected())) {
                wrong.add(row.expression() + " gives " + newest + ", at 1." + row.since() + " " + oldest + ", not "
                        + row.expected());
            }
        }
        assertThat(rows)
                .hasSizeGreaterThanOrEqualTo(ROWS_MIN)
                .allMatch(row -> !row.source().isBlank());
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quantity",
                "ip",
                "cidr",
                "lists",
                "format",
                "text-format",
                "semver",
                "sets",
                "optional",
                "comprehensions"
            })
    void refusesALibraryThatCameLater(String library) throws IOException {
        List<String> wrong = new ArrayList<>();
        int gated = 0;
        for (Row row : rows(library)) {
            if (row.since() == 0 || row.expected().equals("COMPILE")) {
                continue;
            }
            Compiled before = environment(new TargetVersion(row.since() - 1)).compile(row.expression());
            boolean named = before instanceof Compiled.Unreadable unreadable
                    && unreadable.why().contains("it needs Kubernetes 1." + row.since());
            gated += named ? 1 : 0;
            // A few expressions of a table use nothing that came with its library.
            if (!named && !(before instanceof Compiled.Ready)) {
                wrong.add(row.expression() + ": " + before);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(gated).isGreaterThanOrEqualTo(library.equals("lists") ? 10 : ROWS_MIN - 1);
    }

    private static String shown(Row row, TargetVersion target) throws IOException {
        return Shown.of(environment(target).compile(row.expression()), new Activation(names(), Map.of()));
    }

    private static CelEnvironment environment(TargetVersion target) {
        return CelEnvironment.admission(target, List.of());
    }

    private static Map<String, Object> names() throws IOException {
        try (InputStream in = open("object.yaml")) {
            Value object = SingleDocument.read("object.yaml", in);
            return Map.of(
                    "object",
                    PlainValues.of(object),
                    "request",
                    Map.of("operation", "CREATE", "kind", Map.of("kind", "Deployment"), "dryRun", false),
                    "namespaceObject",
                    Map.of("metadata", Map.of("name", "shop")));
        }
    }

    private static List<Row> rows(String library) throws IOException {
        try (InputStream in = open("vectors/" + library + ".tsv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(row -> new Row(row[0], row[1], Integer.parseInt(row[2].substring("1.".length())), row[3]))
                    .toList();
        }
    }

    private static InputStream open(String name) {
        return Objects.requireNonNull(VectorsTest.class.getResourceAsStream(name), name);
    }
}
