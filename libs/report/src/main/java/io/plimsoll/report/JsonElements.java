package io.plimsoll.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.tally.Counts;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * Elements of {@code report.schema.json}, each written as one JSON object at the generator's place: the report and whoever serves
 * a part of it write the same bytes. How they are spaced is the generator's pretty printer; buffering, flushing and closing are
 * the caller's.
 */
public final class JsonElements {

    private final JsonGenerator json;

    public JsonElements(JsonGenerator json) {
        this.json = json;
    }

    /** A {@code scope} of the schema, its gates included; advice is left out. */
    public void scope(ScopeAssessment scope) throws IOException {
        json.writeStartObject();
        json.writeStringField("scope", scope.id());
        json.writeStringField("kind", scope.kind().slug());
        json.writeObjectFieldStart("adoption");
        json.writeNumberField("shown", scope.adoption().band().low());
        json.writeNumberField("possible", scope.adoption().band().high());
        json.writeArrayFieldStart("reasons");
        for (Adoption.Reasoned reason : scope.adoption().reasons()) {
            json.writeStartObject();
            json.writeNumberField("stage", reason.stage());
            json.writeStringField("status", reason.shown() ? "shown" : "possible");
            json.writeStringField("text", reason.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeObjectFieldStart("security");
        json.writeNumberField("proven", scope.security().low());
        json.writeNumberField("possible", scope.security().high());
        json.writeEndObject();
        json.writeNumberField("placement", scope.placement());
        json.writeObjectFieldStart("freeboard");
        json.writeNumberField("low", scope.freeboardLow());
        json.writeNumberField("high", scope.freeboardHigh());
        json.writeEndObject();
        json.writeArrayFieldStart("gates");
        for (GateResult gate : scope.gates()) {
            if (!gate.gate().advice()) {
                gate(gate);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A {@code gate} of the schema, advice too: to leave it out is the caller's. */
    public void gate(GateResult gate) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", gate.gate().id());
        json.writeNumberField("stage", gate.gate().stage());
        json.writeStringField("status", gate.state().name());
        text("reason", gate.reason() == null ? "" : gate.reason().slug());
        if (!gate.inheritedFrom().isEmpty()) {
            json.writeStringField("inheritedFrom", gate.inheritedFrom());
        }
        ClauseResult decisive = null;
        Counts counts = Counts.NONE;
        Map<Reason, Integer> unknowns = new EnumMap<>(Reason.class);
        for (ClauseResult clause : gate.clauses()) {
            if (decisive == null || clause.state() == gate.state() && decisive.state() != gate.state()) {
                decisive = clause;
                counts = clause.counts();
            }
            clause.unknowns().forEach((reason, count) -> unknowns.merge(reason, count, Integer::sum));
        }
        if (decisive == null || decisive.counts().asked() == 0) {
            json.writeNullField("ratio");
        } else {
            json.writeNumberField("ratio", rounded(decisive.ratio()));
        }
        if (decisive == null) {
            json.writeNullField("threshold");
        } else {
            json.writeNumberField("threshold", decisive.clause().threshold());
        }
        text("target", gate.gate().target());
        json.writeObjectFieldStart("counts");
        json.writeNumberField("pass", counts.pass());
        json.writeNumberField("fail", counts.fail());
        json.writeNumberField("waived", counts.waived());
        json.writeNumberField("notApplicable", counts.notApplicable());
        json.writeNumberField("unknown", counts.unknown());
        json.writeNumberField("total", counts.total());
        json.writeEndObject();
        json.writeArrayFieldStart("unknowns");
        for (Map.Entry<Reason, Integer> each : unknowns.entrySet()) {
            json.writeStartObject();
            json.writeStringField("reason", each.getKey().slug());
            json.writeNumberField("count", each.getValue());
            String settledBy = gate.gate().settledBy();
            json.writeStringField(
                    "settledBy", settledBy.isEmpty() ? each.getKey().settledBy() : settledBy);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** A {@code finding} of the schema. */
    public void finding(Finding finding) throws IOException {
        Evidence evidence = finding.evidence();
        SubjectId subject = evidence.subject();
        json.writeStartObject();
        json.writeStringField("control", evidence.control());
        json.writeStringField("status", evidence.state().name());
        json.writeStringField("severity", finding.control().severity().slug());
        json.writeObjectFieldStart("subject");
        text("cluster", subject.cluster());
        text("namespace", subject.namespace());
        json.writeStringField("kind", subject.object());
        json.writeStringField("name", subject.name());
        text("container", subject.container());
        json.writeEndObject();
        text("path", evidence.path());
        text("value", evidence.value());
        json.writeStringField("message", evidence.message());
        json.writeStringField("remediation", finding.control().remediation());
        source(evidence.source());
        json.writeEndObject();
    }

    /** A {@code coverage} of the schema. */
    public void coverage(Coverage gap) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", gap.kind());
        json.writeStringField("reason", gap.kind());
        json.writeStringField("text", gap.text());
        source(gap.source());
        json.writeEndObject();
    }

    private void source(Source source) throws IOException {
        if (source.file().isEmpty()) {
            json.writeNullField("source");
            return;
        }
        json.writeObjectFieldStart("source");
        json.writeStringField("file", source.file());
        json.writeNumberField("document", source.document());
        if (source.line() > 0) {
            json.writeNumberField("line", source.line());
        } else {
            json.writeNullField("line");
        }
        json.writeEndObject();
    }

    private void text(String name, String value) throws IOException {
        if (value.isEmpty()) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }

    private static double rounded(double ratio) {
        return Math.round(ratio * 10_000) / 10_000.0;
    }
}
