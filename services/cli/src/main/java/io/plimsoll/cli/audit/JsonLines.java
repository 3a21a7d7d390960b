package io.plimsoll.cli.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.Source;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;

/** One line of JSON for each object and control, passes included. What a finding does not have is null. */
final class JsonLines implements Findings {

    private final JsonGenerator json;
    private boolean empty = true;

    JsonLines(Writer out) throws IOException {
        json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    @Override
    public void finding(Finding finding) throws IOException {
        Source source = finding.source();
        empty = false;
        json.writeStartObject();
        text(json, "file", source.file());
        place(json, "document", source.document());
        place(json, "line", source.line());
        json.writeStringField("kind", finding.object().kind());
        text(json, "namespace", finding.object().namespace());
        json.writeStringField("name", finding.object().name());
        text(json, "container", finding.container());
        json.writeStringField("control", finding.control().id());
        json.writeStringField("status", finding.state().name());
        text(json, "reason", finding.reason() == null ? "" : finding.reason().slug());
        text(json, "path", finding.path());
        json.writeStringField("message", finding.message());
        json.writeEndObject();
    }

    static void text(JsonGenerator json, String name, @Nullable String value) throws IOException {
        if (value == null || value.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    /** Counted from 1; what is asked of the cluster stands nowhere. */
    private static void place(JsonGenerator json, String name, int value) throws IOException {
        if (value == 0) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    @Override
    public void end(AuditSummary summary) throws IOException {
        if (!empty) {
            json.writeRaw("\n");
        }
        json.flush();
    }
}
