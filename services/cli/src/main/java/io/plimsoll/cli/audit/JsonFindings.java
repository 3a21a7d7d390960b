package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.audit.framework.ScopedReports;
import io.plimsoll.audit.tool.Tool;
import io.plimsoll.kernel.EvidenceState;
import java.io.IOException;
import java.io.Writer;
import java.util.Collection;
import java.util.List;

/** One document: findings that are not a pass, then counts by control and what was not read. */
final class JsonFindings implements Findings {

    private final JsonGenerator json;
    private final List<CatalogueControl> controls;

    JsonFindings(Writer out, List<CatalogueControl> controls) throws IOException {
        this.controls = controls;
        json = new JsonFactory().createGenerator(out);
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        json.setPrettyPrinter(printer);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.writeStartObject();
        json.writeStringField("format", "plimsoll.audit/v1");
        json.writeArrayFieldStart("findings");
    }

    @Override
    public void finding(Finding finding) throws IOException {
        if (finding.state() == EvidenceState.PASS || finding.state() == EvidenceState.NOT_APPLICABLE) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("control", finding.control().id());
        json.writeStringField("status", finding.state().name());
        json.writeStringField("severity", finding.control().severity().slug());
        JsonLines.text(
                json, "reason", finding.reason() == null ? "" : finding.reason().slug());
        json.writeObjectFieldStart("object");
        json.writeStringField("group", finding.object().group());
        json.writeStringField("kind", finding.object().kind());
        JsonLines.text(json, "namespace", finding.object().namespace());
        json.writeStringField("name", finding.object().name());
        JsonLines.text(json, "container", finding.container());
        json.writeEndObject();
        JsonLines.text(json, "path", finding.path());
        JsonLines.text(json, "value", finding.value());
        json.writeStringField("message", finding.message());
        json.writeStringField("remediation", finding.control().remediation());
        json.writeObjectFieldStart("source");
        json.writeStringField("file", finding.source().file());
        json.writeNumberField("document", finding.source().document());
        json.writeNumberField("line", finding.source().line());
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void end(AuditSummary summary) throws IOException {
        json.writeEndArray();
        json.writeArrayFieldStart("controls");
        for (CatalogueControl control : controls) {
            json.writeStartObject();
            json.writeStringField("id", control.id());
            json.writeStringField("title", control.title());
            json.writeStringField("severity", control.severity().slug());
            for (EvidenceState state : EvidenceState.values()) {
                json.writeNumberField(word(state), summary.count(control.id(), state));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("objects", summary.objects());
        json.writeArrayFieldStart("coverage");
        for (Coverage each : summary.coverage()) {
            json.writeStartObject();
            json.writeStringField("kind", each.kind());
            json.writeStringField("text", each.text());
            json.writeStringField("file", each.source().file());
            json.writeNumberField("line", each.source().line());
            json.writeEndObject();
        }
        json.writeEndArray();
        List<Tool> tools = summary.tools();
        if (tools != null) {
            ToolReport.json(tools, json);
            OwnershipReport.json(summary.tracked(), json);
        }
        ResponsibilityTable.json(summary.managed(), json);
        ScopedReports framework = summary.framework();
        if (framework != null) {
            FrameworkTable.json(framework, json);
        }
        EarlierFindings earlier = summary.earlier();
        if (earlier != null) {
            json.writeObjectFieldStart("sinceEarlier");
            list("new", earlier.fresh());
            list("gone", earlier.gone());
            json.writeNumberField("asBefore", earlier.before());
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeRaw("\n");
        json.flush();
    }

    private void list(String name, Collection<String> findings) throws IOException {
        json.writeArrayFieldStart(name);
        for (String each : findings) {
            json.writeString(each);
        }
        json.writeEndArray();
    }

    private static String word(EvidenceState state) {
        return switch (state) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case WAIVED -> "waived";
            case NOT_APPLICABLE -> "notApplicable";
            case UNKNOWN -> "unknown";
        };
    }
}
