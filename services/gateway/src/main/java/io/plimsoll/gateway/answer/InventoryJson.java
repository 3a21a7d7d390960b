package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.api.inventory.v1.Cluster;
import io.plimsoll.api.inventory.v1.PutDeclarationsResponse;
import io.plimsoll.api.inventory.v1.UploadManifestsResponse;
import io.plimsoll.api.kernel.v1.Coverage;
import io.plimsoll.gateway.upload.Ignored;
import java.io.IOException;
import java.util.List;

/** Clusters, uploads and gaps. */
public final class InventoryJson {

    /** Gaps listed in one answer; the last then counts the rest. */
    private static final int COVERAGE_MAX = 1_000;

    private InventoryJson() {}

    public static void cluster(JsonGenerator json, Cluster cluster) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", cluster.getName());
        json.writeStringField("mode", Words.word(cluster.getMode(), "CLUSTER_MODE_"));
        JsonText.text(json, "revision", cluster.hasRevision() ? Words.revision(cluster.getRevision()) : "");
        json.writeNumberField("objects", cluster.getObjectCount());
        JsonText.text(json, "accepted", Words.instant(cluster.hasAccepted(), cluster.getAccepted()));
        json.writeBooleanField("incomplete", cluster.getIncomplete());
        if (cluster.hasSensor()) {
            LiveJson.sensor(json, cluster.getSensor());
        }
        json.writeEndObject();
    }

    /**
     * What became of an upload.
     *
     * @param ignored entries that were not passed on: gaps of kind {@code not-a-manifest}
     */
    public static void upload(
            JsonGenerator json, String cluster, String source, UploadManifestsResponse upload, List<Ignored> ignored)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("cluster", cluster);
        json.writeStringField("source", source);
        json.writeStringField("revision", Words.revision(upload.getRevision()));
        json.writeNumberField("added", upload.getAdded());
        json.writeNumberField("changed", upload.getChanged());
        json.writeNumberField("removed", upload.getRemoved());
        json.writeNumberField("unchanged", upload.getUnchanged());
        json.writeArrayFieldStart("coverage");
        for (Coverage each : upload.getCoverageList()) {
            coverage(json, each);
        }
        int room = Math.max(0, COVERAGE_MAX - upload.getCoverageCount());
        List<Ignored> listed = ignored.size() <= room ? ignored : ignored.subList(0, Math.max(0, room - 1));
        for (Ignored each : listed) {
            notAManifest(json, each.name() + ": " + each.why(), each.name());
        }
        if (listed.size() < ignored.size()) {
            notAManifest(json, "and " + (ignored.size() - listed.size()) + " more entries that are not taken", "");
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void notAManifest(JsonGenerator json, String text, String file) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", "not-a-manifest");
        json.writeStringField("reason", "not-a-manifest");
        json.writeStringField("text", text);
        if (file.isEmpty()) {
            json.writeNullField("source");
        } else {
            json.writeObjectFieldStart("source");
            json.writeStringField("file", file);
            json.writeNumberField("document", 0);
            json.writeNullField("line");
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** The report's coverage. */
    public static void coverage(JsonGenerator json, Coverage coverage) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", coverage.getKind());
        json.writeStringField("reason", coverage.getKind());
        json.writeStringField("text", coverage.getText());
        Words.source(json, coverage.getSource());
        json.writeEndObject();
    }

    public static void declared(JsonGenerator json, String source, PutDeclarationsResponse answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("source", source);
        json.writeNumberField("number", answer.getNumber());
        json.writeNumberField("changed", answer.getChanged());
        json.writeNumberField("withdrawn", answer.getWithdrawn());
        json.writeEndObject();
    }
}
