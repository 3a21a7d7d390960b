package io.plimsoll.cli.scan;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.image.Lineage;
import io.plimsoll.scanning.trust.Endorsement;
import io.plimsoll.scanning.trust.Provenance;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Where an image comes from, by its own word and by that of others, as fields of our own form. */
final class EndorsedJson {

    private EndorsedJson() {}

    static void lineage(Lineage lineage, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("lineage");
        time("created", lineage.created(), json);
        text("source", lineage.source(), json);
        text("revision", lineage.revision(), json);
        Optional<BaseImage> base = lineage.base();
        if (base.isPresent()) {
            json.writeObjectFieldStart("base");
            text("name", base.get().name(), json);
            text("digest", base.get().digest(), json);
            if (base.get().layers() >= 0) {
                json.writeNumberField("layers", base.get().layers());
            }
            time("created", base.get().created(), json);
            json.writeStringField("evidence", base.get().evidence().name());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    static void write(Endorsed endorsed, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("trust");
        json.writeBooleanField("asked", endorsed.asked());
        json.writeBooleanField("signedByGivenKey", endorsed.isSigned());
        json.writeArrayFieldStart("endorsements");
        for (Endorsement one : endorsed.endorsements()) {
            json.writeStartObject();
            json.writeStringField("kind", one.kind().name());
            json.writeStringField("from", one.from());
            text("predicateType", one.predicateType(), json);
            switch (one.standing()) {
                case Endorsement.Verified verified -> {
                    json.writeBooleanField("verified", true);
                    json.writeStringField("key", verified.key());
                }
                case Endorsement.Unverified unverified -> {
                    json.writeBooleanField("verified", false);
                    json.writeStringField("why", unverified.why());
                }
            }
            Optional<Provenance> provenance = one.provenance();
            if (provenance.isPresent()) {
                json.writeObjectFieldStart("provenance");
                text("builder", provenance.get().builder(), json);
                text("source", provenance.get().source(), json);
                text("revision", provenance.get().revision(), json);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("problems");
        for (String problem : endorsed.problems()) {
            json.writeString(problem);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(String name, String text, JsonGenerator json) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    private static void time(String name, Optional<Instant> time, JsonGenerator json) throws IOException {
        if (time.isPresent()) {
            json.writeStringField(name, time.get().toString());
        }
    }
}
