package io.plimsoll.cli.network;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.kernel.Source;
import io.plimsoll.segmentation.entry.WayIn;
import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.reach.Connection;
import io.plimsoll.segmentation.reach.Explanation;
import io.plimsoll.segmentation.reach.Exposure;
import io.plimsoll.segmentation.reach.Exposures;
import io.plimsoll.segmentation.reach.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The answer of {@code plimsoll connections} as JSON; same input, same bytes. */
final class ConnectionsJson {

    private final JsonGenerator json;

    private ConnectionsJson(JsonGenerator json) {
        this.json = json;
    }

    static void write(ConnectionsReport report, Output out) throws IOException {
        AnswerJson.write(
                "plimsoll.connections/v1", report.reachability(), out, json -> new ConnectionsJson(json).write(report));
    }

    private void write(ConnectionsReport report) throws IOException {
        if (report.isSummary()) {
            json.writeObjectFieldStart("summary");
            for (Map.Entry<String, Object> entry :
                    Summary.of(report.reachability()).entrySet()) {
                json.writeFieldName(entry.getKey());
                json.writeNumber(entry.getValue().toString());
            }
            json.writeEndObject();
        } else {
            pairs(report);
        }
    }

    private void pairs(ConnectionsReport report) throws IOException {
        json.writeArrayFieldStart("connections");
        report.connections().forEach(connection -> writing(() -> connection(connection)));
        json.writeEndArray();
        json.writeArrayFieldStart("waysIn");
        for (WayIn way : report.reachability().waysIn()) {
            wayIn(way);
        }
        json.writeEndArray();
        if (report.exposes()) {
            exposures(report);
        }
        if (report.explains()) {
            json.writeArrayFieldStart("explanations");
            report.reachability().explanations(report.focus()).forEach(each -> writing(() -> explanation(each)));
            json.writeEndArray();
        }
    }

    private void connection(Connection connection) throws IOException {
        json.writeStartObject();
        json.writeStringField("src", connection.source().toString());
        json.writeStringField("dst", connection.destination().toString());
        json.writeStringField("conn", connection.ports().toString());
        if (!connection.uncertain().isEmpty()) {
            json.writeStringField("uncertain", connection.uncertain().toString());
        }
        json.writeEndObject();
    }

    private void wayIn(WayIn way) throws IOException {
        json.writeStartObject();
        json.writeStringField("door", way.door().name());
        json.writeStringField("object", way.object().toString());
        json.writeStringField("service", way.service());
        json.writeStringField("workload", way.workload().toString());
        json.writeStringField("ports", way.ports().toString());
        json.writeBooleanField("internal", way.internal());
        json.writeBooleanField("sourceHidden", way.sourceHidden());
        source(way.source());
        json.writeEndObject();
    }

    private void exposures(ConnectionsReport report) throws IOException {
        Exposures exposures = report.reachability().exposures();
        json.writeArrayFieldStart("exposure");
        for (Direction direction : Direction.values()) {
            report.exposures(exposures, direction).forEach(each -> writing(() -> exposure(each)));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unprotected");
        for (Direction direction : Direction.values()) {
            report.unprotected(exposures, direction)
                    .forEach(each -> writing(() -> {
                        json.writeStartObject();
                        json.writeStringField("workload", each.toString());
                        json.writeStringField("direction", direction.field());
                        json.writeEndObject();
                    }));
        }
        json.writeEndArray();
    }

    private void exposure(Exposure exposure) throws IOException {
        json.writeStartObject();
        json.writeStringField("workload", exposure.workload().toString());
        json.writeStringField("direction", exposure.direction().field());
        json.writeStringField("peer", exposure.peer().toString());
        json.writeStringField("conn", exposure.portsText());
        if (!exposure.uncertain().isEmpty()) {
            json.writeStringField("uncertain", exposure.uncertain().toString());
        }
        json.writeEndObject();
    }

    private void explanation(Explanation explanation) throws IOException {
        json.writeStartObject();
        json.writeStringField("src", explanation.source().toString());
        json.writeStringField("dst", explanation.destination().toString());
        json.writeArrayFieldStart("pieces");
        for (Explanation.Piece piece : explanation.pieces()) {
            json.writeStartObject();
            json.writeStringField("outcome", piece.outcome().name());
            json.writeStringField("ports", piece.ports().toString());
            cause("egress", piece.egress());
            cause("ingress", piece.ingress());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void cause(String field, Explanation.Cause cause) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("outcome", cause.outcome().name());
        json.writeArrayFieldStart("reasons");
        for (Reason reason : cause.reasons()) {
            json.writeStartObject();
            json.writeStringField("object", reason.title());
            json.writeStringField("effect", reason.effect().name());
            json.writeStringField("rule", reason.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void source(Source source) throws IOException {
        json.writeStringField("source", source.toString());
    }

    @FunctionalInterface
    private interface Writing {
        void run() throws IOException;
    }

    private static void writing(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
