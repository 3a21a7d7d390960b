package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.api.findings.v1.Finding;
import java.io.IOException;

/** The finding of {@code report.schema.json}. */
public final class FindingJson {

    private FindingJson() {}

    public static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("control", finding.getControl());
        json.writeStringField("status", Words.state(finding.getState()));
        json.writeStringField("severity", Words.severity(finding.getSeverity()));
        Words.subject(json, "subject", finding.getSubject());
        JsonText.text(json, "path", finding.getPath());
        JsonText.text(json, "value", finding.getValue());
        json.writeStringField("message", finding.getMessage());
        json.writeStringField("remediation", finding.getRemediation());
        Words.source(json, finding.getSource());
        json.writeEndObject();
    }
}
