package io.plimsoll.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.scope.ScopeAssessment;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The report of {@code report.schema.json}: same input, same bytes. */
public final class JsonReport {

    private static final JsonFactory FACTORY = JsonFactory.builder().build();

    private JsonReport() {}

    /** The whole report as {@code plimsoll assess --format json} prints it, with a line feed at the end. */
    public static String of(AssessmentResult result) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.setPrettyPrinter(spacing());
            write(result, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    /** How the report is spaced: two blanks for each level, line feeds on every system. A printer counts levels: one for each generator. */
    public static PrettyPrinter spacing() {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
    }

    /** The whole report as one JSON object, spaced as {@code json}'s printer says. */
    public static void write(AssessmentResult result, JsonGenerator json) throws IOException {
        JsonElements elements = new JsonElements(json);
        json.writeStartObject();
        json.writeObjectFieldStart("model");
        json.writeStringField("id", result.model().id());
        json.writeStringField("version", result.model().version());
        json.writeStringField("digest", result.model().digest());
        json.writeEndObject();
        json.writeStringField("snapshot", result.snapshot());
        if (result.asOf() == null) {
            json.writeNullField("asOf");
        } else {
            json.writeStringField("asOf", result.asOf().toString());
        }
        json.writeArrayFieldStart("scopes");
        for (ScopeAssessment scope : result.scopes()) {
            elements.scope(scope);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("coverage");
        for (Coverage gap : result.coverage()) {
            elements.coverage(gap);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (Finding finding : result.findings()) {
            elements.finding(finding);
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
