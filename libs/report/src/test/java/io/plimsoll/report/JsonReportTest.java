package io.plimsoll.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.maturity.gate.GateResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private final AssessmentResult result = SmallEstate.assessed();

    @Test
    void keepsItsSchema() throws IOException {
        try (InputStream schema = getClass().getResourceAsStream("/META-INF/plimsoll/api/schemas/report.schema.json")) {
            String text = new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(text, InputFormat.JSON)
                            .validate(JsonReport.of(result), InputFormat.JSON))
                    .isEmpty();
        }
    }

    @Test
    void sameInputGivesSameBytes() {
        assertThat(JsonReport.of(SmallEstate.assessed())).isEqualTo(JsonReport.of(result));
    }

    /** Whoever serves one element serves the report's bytes of it: the report is nothing but its elements in a row. */
    @Test
    void theReportIsItsElementsInARow() throws IOException {
        String report = compact(json -> JsonReport.write(result, json));
        assertThat(report)
                .contains("\"scopes\":" + row(result.scopes(), JsonElements::scope))
                .contains("\"coverage\":" + row(result.coverage(), JsonElements::coverage))
                .contains("\"findings\":" + row(result.findings(), JsonElements::finding));
        assertThat(result.coverage()).isNotEmpty();
        assertThat(result.findings()).hasSizeGreaterThan(5);
        for (ScopeAssessment scope : result.scopes()) {
            List<GateResult> gates =
                    scope.gates().stream().filter(gate -> !gate.gate().advice()).toList();
            assertThat(compact(json -> new JsonElements(json).scope(scope)))
                    .endsWith("\"gates\":" + row(gates, JsonElements::gate) + "}");
        }
    }

    /** Spacing is the caller's and stands between the values only: without it the two reports are one. */
    @Test
    void spacingChangesNoValue() throws IOException {
        String spaced = JsonReport.of(result);
        assertThat(spaced).startsWith("{\n  \"model\" : {\n    \"id\" : ").endsWith("\n}\n");
        StringWriter again = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(again)) {
            try (var parser = new JsonFactory().createParser(spaced)) {
                while (parser.nextToken() != null) {
                    json.copyCurrentEventExact(parser);
                }
            }
        }
        assertThat(again).hasToString(compact(json -> JsonReport.write(result, json)));
    }

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private interface Element<T> {
        void write(JsonElements elements, T value) throws IOException;
    }

    private static <T> String row(List<T> values, Element<T> element) throws IOException {
        StringBuilder row = new StringBuilder("[");
        for (T value : values) {
            row.append(row.length() > 1 ? "," : "");
            row.append(compact(json -> element.write(new JsonElements(json), value)));
        }
        return row.append(']').toString();
    }

    private static String compact(Writing writing) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            writing.to(json);
        }
        return text.toString();
    }
}
