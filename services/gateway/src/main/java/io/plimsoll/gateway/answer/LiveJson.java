package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.api.inventory.v1.ListDenied;
import io.plimsoll.api.inventory.v1.ObjectChange;
import io.plimsoll.api.inventory.v1.SensorCredential;
import io.plimsoll.api.inventory.v1.SensorStatus;
import io.plimsoll.api.inventory.v1.Workload;
import io.plimsoll.api.kernel.v1.ResourceIdentity;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Sensors, their credentials, workloads and what changed. */
public final class LiveJson {

    private LiveJson() {}

    /** How a cluster's sensor stands. */
    static void sensor(JsonGenerator json, SensorStatus sensor) throws IOException {
        json.writeObjectFieldStart("sensor");
        json.writeBooleanField("connected", sensor.getConnected());
        json.writeBooleanField("synced", sensor.getSynced());
        json.writeStringField("version", sensor.getSensorVersion());
        json.writeNumberField("session", sensor.getSession());
        JsonText.text(json, "heard", Words.instant(sensor.hasHeard(), sensor.getHeard()));
        JsonText.text(json, "agreed", Words.instant(sensor.hasAgreed(), sensor.getAgreed()));
        json.writeNumberField("objects", sensor.getObjectCount());
        json.writeStringField(
                "digest", HexFormat.of().formatHex(sensor.getDigest().toByteArray()));
        json.writeNumberField("unpublished", sensor.getUnpublished());
        json.writeNumberField("lagMillis", sensor.getLagMillis());
        JsonText.items(json, "notSeen", sensor.getDeniedList(), LiveJson::denied);
        json.writeEndObject();
    }

    private static void denied(JsonGenerator json, ListDenied denied) throws IOException {
        json.writeStartObject();
        JsonText.text(json, "group", denied.getGroup());
        json.writeStringField("kind", denied.getKind());
        JsonText.text(json, "permission", denied.getPermission());
        JsonText.text(json, "reason", denied.getReason());
        json.writeBooleanField("objectsKept", denied.getObjectsKept());
        json.writeEndObject();
    }

    /** @param secret told once; empty: not now */
    public static void credential(JsonGenerator json, SensorCredential credential, String secret) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", credential.getId());
        json.writeStringField("cluster", credential.getCluster());
        json.writeStringField("created", Words.instant(true, credential.getCreated()));
        json.writeStringField("createdBy", credential.getCreatedBy());
        JsonText.text(json, "expires", Words.instant(credential.hasExpires(), credential.getExpires()));
        JsonText.text(json, "revoked", Words.instant(credential.hasRevoked(), credential.getRevoked()));
        JsonText.text(json, "used", Words.instant(credential.hasUsed(), credential.getUsed()));
        if (!secret.isEmpty()) {
            json.writeStringField("secret", secret);
        }
        json.writeEndObject();
    }

    public static void credential(JsonGenerator json, SensorCredential credential) throws IOException {
        credential(json, credential, "");
    }

    public static void workload(JsonGenerator json, Workload workload) throws IOException {
        json.writeStartObject();
        identity(json, workload.getIdentity());
        JsonText.text(json, "team", workload.getTeam());
        JsonText.text(json, "application", workload.getApplication());
        json.writeStringField("tier", Words.word(workload.getTier(), "TIER_"));
        JsonText.text(json, "exposure", Words.word(workload.getExposure(), "EXPOSURE_"));
        JsonText.text(json, "lifecycle", Words.word(workload.getLifecycle(), "LIFECYCLE_"));
        JsonText.items(json, "images", workload.getImagesList(), JsonGenerator::writeString);
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : new TreeMap<>(workload.getLabelsMap()).entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("replicas", Integer.toUnsignedLong(workload.getReplicas()));
        JsonText.text(json, "firstSeen", Words.instant(workload.hasFirstSeen(), workload.getFirstSeen()));
        JsonText.text(json, "lastChanged", Words.instant(workload.hasLastChanged(), workload.getLastChanged()));
        JsonText.text(json, "lastSeen", Words.instant(workload.hasLastSeen(), workload.getLastSeen()));
        json.writeEndObject();
    }

    public static void change(JsonGenerator json, ObjectChange change) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", change.getSequence());
        identity(json, change.getIdentity());
        json.writeStringField("what", change.getWhat());
        json.writeStringField("seen", Words.instant(true, change.getSeen()));
        JsonText.text(json, "manager", change.getManager());
        JsonText.text(json, "operation", change.getOperation());
        JsonText.text(json, "managerTime", change.getManagerTime());
        JsonText.text(json, "delivery", change.getDelivery());
        JsonText.text(json, "revision", change.getRevision());
        json.writeEndObject();
    }

    private static void identity(JsonGenerator json, ResourceIdentity identity) throws IOException {
        json.writeStringField("cluster", identity.getCluster());
        JsonText.text(json, "group", identity.getGroup());
        json.writeStringField("kind", identity.getKind());
        JsonText.text(json, "namespace", identity.getNamespace());
        json.writeStringField("name", identity.getName());
    }
}
