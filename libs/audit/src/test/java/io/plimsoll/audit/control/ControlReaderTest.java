package io.plimsoll.audit.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plimsoll.kubernetes.manifest.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlReaderTest {

    private static final String GOOD = """
            id: ACME-POD-001
            title: The image is ours
            rationale: Others are not scanned.
            severity: medium
            subject: workload
            class: intrinsic
            kinds: [workload]
            remediation: Take ours.
            sentence: [L25.4]
            parameters:
              registry: {type: text, description: Whose images., default: registry.example.com}
            logic:
              cel:
                each: container
                expression: container.image.startsWith(params.registry)
                path: image
                message: is not ours; take it from our registry
            """;

    private final List<Problem> problems = new ArrayList<>();

    private Optional<CatalogueControl> read(String text) {
        return ControlReader.read("mine/control.yaml", Folder.text(text), problems::add);
    }

    @Test
    void readsAControlOfAUser() {
        CatalogueControl control = read(GOOD).orElseThrow();
        assertThat(problems).isEmpty();
        assertThat(control.id()).isEqualTo("ACME-POD-001");
        assertThat(control.logic().cel().orElseThrow().each()).isEqualTo(Logic.Each.CONTAINER);
        assertThat(control.parameters()).containsKey("registry");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: ACME-POD-001 | id: acme_pod | mine/control.yaml:1 | not an id: acme_pod",
                "severity: medium | severity: 7 | mine/control.yaml:4 | severity is one of critical, high, medium, low",
                "sentence: [L25.4] | sentence: [everywhere] | mine/control.yaml:9 | not an item of sentence: everywhere",
                "default: registry.example.com | default: [a] | mine/control.yaml:11 | its default is no text",
                "title: The image is ours | titel: The image is ours | mine/control.yaml:2 | unknown key titel",
                "each: container | each: image | mine/control.yaml:14 | each is object, pod or container"
            })
    void saysWhatIsWrongByFileAndLine(String right, String wrong, String place, String message) {
        assertThat(read(GOOD.replace(right, wrong))).isEmpty();
        assertThat(problems)
                .anySatisfy(problem ->
                        assertThat(problem.toString()).startsWith(place).contains(message));
    }

    @Test
    void refusesAJudgeThatIsNotThere() {
        String named = GOOD.substring(0, GOOD.indexOf("logic:")) + "logic: {java: no-such-judge}\n";
        assertThat(read(named)).isEmpty();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString())
                        .contains("control.yaml:12: no judge of this name: no-such-judge"));
    }

    @Test
    void reportsEveryFaultAtOnce() {
        assertThat(read("id: x_y\nseverity: worst\n")).isEmpty();
        assertThat(problems).hasSizeGreaterThan(5);
    }

    @Test
    void everyControlOfThisBuildFitsTheSchema() throws IOException {
        try (InputStream in = getClass().getResourceAsStream("/META-INF/plimsoll/api/schemas/control.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8),
                            InputFormat.JSON);
            for (CatalogueControl control : ControlCatalogue.builtin().controls()) {
                String text =
                        Files.readString(Folder.CONTROLS.resolve(control.id()).resolve("control.yaml"));
                assertThat(schema.validate(text, InputFormat.YAML))
                        .as(control.id())
                        .isEmpty();
            }
        }
    }
}
