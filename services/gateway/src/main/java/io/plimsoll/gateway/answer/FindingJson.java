package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.api.findings.v1.Finding;
import io.plimsoll.api.findings.v1.FindingLife;
import java.io.IOException;

/** The finding of {@code report.schema.json}, by itself and over time. */
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

    /** Moments that have not come are null. */
    public static void life(JsonGenerator json, FindingLife life) throws IOException {
        json.writeStartObject();
        json.writeFieldName("finding");
        finding(json, life.getFinding());
        json.writeStringField("status", Words.word(life.getStatus(), "FINDING_STATUS_"));
        JsonText.text(json, "firstSeen", Words.instant(life.hasFirstSeen(), life.getFirstSeen()));
        JsonText.text(json, "lastSeen", Words.instant(life.hasLastSeen(), life.getLastSeen()));
        JsonText.text(json, "resolvedAt", Words.instant(life.hasResolvedAt(), life.getResolvedAt()));
        JsonText.text(json, "resolution", Words.word(life.getResolution(), "FINDING_RESOLUTION_"));
        JsonText.text(json, "reopenedAt", Words.instant(life.hasReopenedAt(), life.getReopenedAt()));
        json.writeNumberField("reopenings", Integer.toUnsignedLong(life.getReopenings()));
        json.writeEndObject();
    }
}
