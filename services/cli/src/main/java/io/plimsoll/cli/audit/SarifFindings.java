package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** SARIF 2.1.0: a result for each FAIL, and an open one for each UNKNOWN. */
final class SarifFindings implements Findings {

    private final JsonGenerator json;
    private final Map<String, Integer> index = new HashMap<>();

    SarifFindings(Writer out, List<CatalogueControl> controls) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "plimsoll");
        json.writeArrayFieldStart("rules");
        for (CatalogueControl control : controls) {
            index.put(control.id(), index.size());
            rule(control);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayFieldStart("results");
    }

    private void rule(CatalogueControl control) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", control.id());
        text("shortDescription", control.title());
        text("fullDescription", control.rationale());
        text("help", control.remediation());
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", level(control.severity()));
        json.writeEndObject();
        json.writeObjectFieldStart("properties");
        json.writeStringField("severity", control.severity().slug());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void text(String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    @Override
    public void finding(Finding finding) throws IOException {
        boolean waived = finding.state() == EvidenceState.WAIVED;
        boolean fail = finding.state() == EvidenceState.FAIL || waived;
        if (!fail && finding.state() != EvidenceState.UNKNOWN) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("ruleId", finding.control().id());
        json.writeNumberField("ruleIndex", index.getOrDefault(finding.control().id(), -1));
        json.writeStringField("kind", fail ? "fail" : "open");
        json.writeStringField("level", fail ? level(finding.control().severity()) : "none");
        text("message", finding.object() + ": " + finding.message());
        if (waived) {
            json.writeArrayFieldStart("suppressions");
            json.writeStartObject();
            json.writeStringField("kind", "external");
            json.writeStringField("justification", finding.message());
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        if (!finding.source().file().isEmpty()) {
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", uri(finding.source().file()));
            json.writeEndObject();
            if (finding.source().line() > 0) {
                json.writeObjectFieldStart("region");
                json.writeNumberField("startLine", finding.source().line());
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField(
                "fullyQualifiedName", finding.object() + (finding.path().isEmpty() ? "" : "#" + finding.path()));
        json.writeStringField("kind", "object");
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A path as a relative reference of RFC 3986. */
    private static String uri(String file) {
        return file.replace("%", "%25").replace(" ", "%20").replace("#", "%23").replace("?", "%3F");
    }

    @Override
    public void end(AuditSummary summary) throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw("\n");
        json.flush();
    }
}
