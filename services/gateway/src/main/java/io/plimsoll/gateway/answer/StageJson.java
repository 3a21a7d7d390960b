package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.api.kernel.v1.ModelRef;
import io.plimsoll.api.kernel.v1.StageBand;
import io.plimsoll.api.scoring.v1.GateEvidence;
import io.plimsoll.api.scoring.v1.HistoryPoint;
import io.plimsoll.api.scoring.v1.ScopeSummary;
import io.plimsoll.api.scoring.v1.WatchEventsResponse;
import io.plimsoll.api.stages.v1.AdoptionReason;
import io.plimsoll.api.stages.v1.AdoptionStatus;
import io.plimsoll.api.stages.v1.ClusterRevision;
import io.plimsoll.api.stages.v1.Freeboard;
import io.plimsoll.api.stages.v1.GateResult;
import io.plimsoll.api.stages.v1.HeldStanding;
import io.plimsoll.api.stages.v1.StageRecord;
import io.plimsoll.api.stages.v1.Standing;
import io.plimsoll.api.tallies.v1.Counts;
import io.plimsoll.api.tallies.v1.ReasonCount;
import io.plimsoll.maturity.model.StageModel;
import io.plimsoll.report.JsonElements;
import io.plimsoll.wire.KernelCodec;
import io.plimsoll.wire.ScopeStage;
import io.plimsoll.wire.StagesCodec;
import java.io.IOException;

/** Scopes, stages and gates. A scope and a gate are the elements of {@code report.schema.json}. */
public final class StageJson {

    private static final StagesCodec CODEC = new StagesCodec(StageModel.builtin());

    private StageJson() {}

    /** A stage: what the platform knows about it, and {@code measured}, the report's scope. */
    public static void stage(JsonGenerator json, StageRecord stage) throws IOException {
        json.writeStartObject();
        json.writeFieldName("measured");
        measured(json, stage);
        json.writeFieldName("held");
        held(json, stage);
        json.writeBooleanField("provisional", stage.getProvisional());
        json.writeNumberField("sequence", stage.getSequence());
        model(json, stage.getModel());
        json.writeStringField("snapshot", KernelCodec.hex(stage.getSnapshot()));
        JsonText.text(json, "asOf", Words.instant(stage.hasAsOf(), stage.getAsOf()));
        JsonText.items(json, "clusters", stage.getClustersList(), StageJson::cluster);
        json.writeEndObject();
    }

    private static void cluster(JsonGenerator json, ClusterRevision cluster) throws IOException {
        json.writeStartObject();
        json.writeStringField("cluster", cluster.getCluster());
        json.writeStringField("revision", Words.revision(cluster.getRevision()));
        json.writeStringField("mode", Words.word(cluster.getMode(), "CLUSTER_MODE_"));
        json.writeEndObject();
    }

    private static void held(JsonGenerator json, StageRecord stage) throws IOException {
        if (!stage.hasHeld()) {
            json.writeNull();
            return;
        }
        HeldStanding held = stage.getHeld();
        json.writeStartObject();
        security(json, held.getSecurity());
        freeboard(json, held.getFreeboard());
        JsonText.text(json, "since", Words.instant(held.hasSince(), held.getSince()));
        JsonText.text(json, "settles", Words.instant(held.hasSettles(), held.getSettles()));
        json.writeEndObject();
    }

    /** The report's own writer, so that the bytes are the same; a stage of another model is written as it came. */
    private static void measured(JsonGenerator json, StageRecord stage) throws IOException {
        ScopeStage known;
        try {
            known = CODEC.fromWire(stage);
        } catch (IllegalArgumentException e) {
            scope(json, stage);
            return;
        }
        new JsonElements(json).scope(known.measured());
    }

    /** The report's scope. */
    private static void scope(JsonGenerator json, StageRecord stage) throws IOException {
        Standing standing = stage.getMeasured();
        json.writeStartObject();
        json.writeStringField("scope", Words.scope(stage.getScope()));
        json.writeStringField("kind", Words.kind(stage.getScope().getKind()));
        json.writeObjectFieldStart("adoption");
        json.writeNumberField("shown", standing.getAdoption().getShown());
        json.writeNumberField("possible", standing.getAdoption().getPossible());
        JsonText.items(json, "reasons", standing.getAdoption().getReasonsList(), StageJson::adoptionReason);
        json.writeEndObject();
        numbers(json, standing);
        JsonText.items(json, "gates", standing.getGatesList(), StageJson::gate);
        json.writeEndObject();
    }

    private static void adoptionReason(JsonGenerator json, AdoptionReason reason) throws IOException {
        json.writeStartObject();
        json.writeNumberField("stage", reason.getStage());
        json.writeStringField(
                "status", reason.getStatus() == AdoptionStatus.ADOPTION_STATUS_SHOWN ? "shown" : "possible");
        json.writeStringField("text", reason.getText());
        json.writeEndObject();
    }

    private static void numbers(JsonGenerator json, Standing standing) throws IOException {
        security(json, standing.getSecurity());
        json.writeNumberField("placement", standing.getPlacement());
        freeboard(json, standing.getFreeboard());
    }

    /** The report's gate. */
    public static void gate(JsonGenerator json, GateResult gate) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", gate.getId());
        json.writeNumberField("stage", gate.getStage());
        json.writeStringField("status", Words.state(gate.getStatus()));
        JsonText.text(json, "reason", Words.reason(gate.getReason()));
        if (gate.hasInheritedFrom()) {
            json.writeStringField("inheritedFrom", Words.scope(gate.getInheritedFrom()));
        }
        if (gate.hasRatio()) {
            // Four places, as the report has it; what crosses the wire is exact.
            json.writeNumberField("ratio", Math.round(gate.getRatio() * 10_000) / 10_000.0);
        } else {
            json.writeNullField("ratio");
        }
        if (gate.hasThreshold()) {
            json.writeNumberField("threshold", gate.getThreshold());
        } else {
            json.writeNullField("threshold");
        }
        JsonText.text(json, "target", gate.getTarget());
        Counts counts = gate.getCounts();
        json.writeObjectFieldStart("counts");
        json.writeNumberField("pass", counts.getPass());
        json.writeNumberField("fail", counts.getFail());
        json.writeNumberField("waived", counts.getWaived());
        json.writeNumberField("notApplicable", counts.getNotApplicable());
        json.writeNumberField("unknown", counts.getUnknown());
        json.writeNumberField("total", counts.getTotal());
        json.writeEndObject();
        JsonText.items(json, "unknowns", gate.getUnknownsList(), StageJson::unknown);
        json.writeEndObject();
    }

    private static void unknown(JsonGenerator json, ReasonCount unknown) throws IOException {
        json.writeStartObject();
        json.writeStringField("reason", Words.reason(unknown.getReason()));
        json.writeNumberField("count", unknown.getCount());
        json.writeStringField("settledBy", unknown.getSettledBy());
        json.writeEndObject();
    }

    /** A scope in a list: its numbers, without reasons and gates. */
    public static void summary(JsonGenerator json, ScopeSummary scope) throws IOException {
        json.writeStartObject();
        json.writeStringField("scope", Words.scope(scope.getScope()));
        json.writeStringField("kind", Words.kind(scope.getScope().getKind()));
        JsonText.text(json, "parent", scope.hasParent() ? Words.scope(scope.getParent()) : "");
        adoption(json, scope.getAdoption());
        security(json, scope.getSecurity());
        json.writeNumberField("placement", scope.getPlacement());
        freeboard(json, scope.getFreeboard());
        json.writeBooleanField("provisional", scope.getProvisional());
        json.writeEndObject();
    }

    public static void evidence(JsonGenerator json, GateEvidence evidence) throws IOException {
        json.writeStartObject();
        Words.subject(json, "subject", evidence.getSubject());
        json.writeStringField("control", evidence.getControl());
        json.writeStringField("status", Words.state(evidence.getState()));
        JsonText.text(json, "reason", Words.reason(evidence.getReason()));
        json.writeNumberField("weight", evidence.getWeightThousandths() / 1_000.0);
        json.writeEndObject();
    }

    public static void point(JsonGenerator json, HistoryPoint point) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", point.getSequence());
        JsonText.text(json, "published", Words.instant(point.hasPublished(), point.getPublished()));
        model(json, point.getModel());
        adoption(json, point.getAdoption());
        security(json, point.getSecurity());
        json.writeEndObject();
    }

    /** What an event tells: who moved, from where to where. */
    public static void event(JsonGenerator json, WatchEventsResponse event) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", event.getSequence());
        JsonText.text(json, "at", Words.instant(event.hasAt(), event.getAt()));
        json.writeStringField("scope", Words.scope(event.getScope()));
        json.writeStringField("kind", Words.kind(event.getScope().getKind()));
        standing(json, "before", event.hasBefore(), event.getBefore());
        standing(json, "after", event.hasAfter(), event.getAfter());
        JsonText.items(json, "gatesChanged", event.getGatesChangedList(), JsonGenerator::writeString);
        json.writeEndObject();
    }

    private static void standing(JsonGenerator json, String name, boolean has, Standing standing) throws IOException {
        if (!has) {
            json.writeNullField(name);
            return;
        }
        json.writeObjectFieldStart(name);
        json.writeObjectFieldStart("adoption");
        json.writeNumberField("shown", standing.getAdoption().getShown());
        json.writeNumberField("possible", standing.getAdoption().getPossible());
        json.writeEndObject();
        numbers(json, standing);
        json.writeEndObject();
    }

    private static void model(JsonGenerator json, ModelRef model) throws IOException {
        json.writeObjectFieldStart("model");
        json.writeStringField("id", model.getId());
        json.writeStringField("version", model.getVersion());
        json.writeStringField("digest", KernelCodec.hex(model.getDigest()));
        json.writeEndObject();
    }

    private static void adoption(JsonGenerator json, StageBand adoption) throws IOException {
        json.writeObjectFieldStart("adoption");
        json.writeNumberField("shown", adoption.getLow());
        json.writeNumberField("possible", adoption.getHigh());
        json.writeEndObject();
    }

    private static void security(JsonGenerator json, StageBand security) throws IOException {
        json.writeObjectFieldStart("security");
        json.writeNumberField("proven", security.getLow());
        json.writeNumberField("possible", security.getHigh());
        json.writeEndObject();
    }

    private static void freeboard(JsonGenerator json, Freeboard freeboard) throws IOException {
        json.writeObjectFieldStart("freeboard");
        json.writeNumberField("low", freeboard.getLow());
        json.writeNumberField("high", freeboard.getHigh());
        json.writeEndObject();
    }
}
