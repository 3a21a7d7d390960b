package io.plimsoll.gateway.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Timestamp;
import io.plimsoll.api.kernel.v1.EvidenceState;
import io.plimsoll.api.kernel.v1.Reason;
import io.plimsoll.api.kernel.v1.Revision;
import io.plimsoll.api.kernel.v1.ScopeKind;
import io.plimsoll.api.kernel.v1.ScopeRef;
import io.plimsoll.api.kernel.v1.Severity;
import io.plimsoll.api.kernel.v1.Source;
import io.plimsoll.api.kernel.v1.SubjectRef;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;

/** How the words of the contracts are spelled in JSON: as in the report. */
final class Words {

    private Words() {}

    /** The value without its prefix, lower case, with hyphens; empty for UNSPECIFIED. */
    static String word(Enum<?> value, String prefix) {
        String name = value.name();
        if (name.endsWith("_UNSPECIFIED") || name.equals("UNRECOGNIZED")) {
            return "";
        }
        return name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** States are upper case, as people know them; what a newer writer says is UNKNOWN. */
    static String state(EvidenceState state) {
        return word(state, "EVIDENCE_STATE_").isEmpty()
                ? "UNKNOWN"
                : state.name().substring("EVIDENCE_STATE_".length());
    }

    static String reason(Reason reason) {
        return word(reason, "REASON_");
    }

    static String severity(Severity severity) {
        return word(severity, "SEVERITY_");
    }

    static String kind(ScopeKind kind) {
        return word(kind, "SCOPE_KIND_");
    }

    /** The text of a scope, as in reports and paths. */
    static String scope(ScopeRef scope) {
        return switch (scope.getKind()) {
            case SCOPE_KIND_ORGANISATION -> "organisation";
            case SCOPE_KIND_TEAM -> "team/" + scope.getName();
            case SCOPE_KIND_CLUSTER -> "cluster/" + scope.getCluster();
            case SCOPE_KIND_NAMESPACE -> "namespace/" + scope.getCluster() + "/" + scope.getNamespace();
            case SCOPE_KIND_APPLICATION ->
                "application/" + scope.getCluster() + "/" + scope.getNamespace() + "/" + scope.getName();
            case SCOPE_KIND_WORKLOAD ->
                "workload/" + scope.getCluster() + "/" + scope.getNamespace() + "/" + scope.getObject() + "/"
                        + scope.getName();
            case SCOPE_KIND_UNSPECIFIED, UNRECOGNIZED -> "";
        };
    }

    /** {@code EPOCH.NUMBER}, as entity tags of clusters have it. */
    static String revision(Revision revision) {
        return Long.toUnsignedString(revision.getEpoch()) + "." + Long.toUnsignedString(revision.getNumber());
    }

    /** RFC 3339 in UTC; empty for none. */
    static String instant(boolean has, Timestamp time) {
        return has ? Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString() : "";
    }

    static void subject(JsonGenerator json, String name, SubjectRef subject) throws IOException {
        json.writeObjectFieldStart(name);
        JsonText.text(json, "cluster", subject.getCluster());
        JsonText.text(json, "namespace", subject.getNamespace());
        json.writeStringField("kind", subject.getObject());
        json.writeStringField("name", subject.getName());
        JsonText.text(json, "container", subject.getContainer());
        json.writeEndObject();
    }

    static void source(JsonGenerator json, Source source) throws IOException {
        if (source.getFile().isEmpty()) {
            json.writeNullField("source");
            return;
        }
        json.writeObjectFieldStart("source");
        json.writeStringField("file", source.getFile());
        json.writeNumberField("document", source.getDocument());
        if (source.getLine() > 0) {
            json.writeNumberField("line", source.getLine());
        } else {
            json.writeNullField("line");
        }
        json.writeEndObject();
    }
}
