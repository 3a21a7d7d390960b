package io.plimsoll.scanning.kept;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.configuration.ConfigurationFinding;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.SourcePackage;
import io.plimsoll.scanning.secret.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * A report as compressed JSON, for a database: everything that matching and bills of materials need. Environment, commands and history of the
 * configuration are left out, since secrets lie there; what was found in them is kept, masked. The same report gives the same bytes.
 */
public final class KeptReport {

    /** Most bytes of one report before they are compressed; beyond it none is written or read. */
    public static final int BYTES_MAX = 256 << 20;

    static final int FORMAT = 1;
    private static final JsonFactory JSON = new JsonFactory();

    private KeptReport() {}

    /** Writes a report. */
    public static byte[] write(ImageReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream packed = new GZIPOutputStream(bytes);
                JsonGenerator json = JSON.createGenerator(packed)) {
            json.writeStartObject();
            json.writeNumberField("format", FORMAT);
            text(json, "origin", report.origin());
            text(json, "name", report.name());
            text(json, "digest", report.digest().map(Object::toString).orElse(""));
            text(json, "architecture", report.config().architecture());
            text(json, "os", report.config().os());
            text(json, "created", report.config().created());
            text(json, "user", report.config().user());
            lineage(json, report);
            texts(json, "layers", report.layers());
            json.writeNumberField("archives", report.catalogue().archives());
            json.writeNumberField("files", report.catalogue().files());
            if (report.catalogue().distribution().isPresent()) {
                distribution(json, report.catalogue().distribution().get());
            }
            json.writeArrayFieldStart("packages");
            for (Package each : report.catalogue().packages()) {
                packaged(json, each);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("remnants");
            for (var remnant : report.catalogue().remnants()) {
                row(json, remnant.kind().name(), remnant.path());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("incomplete");
            for (Incompleteness each : report.catalogue().incomplete()) {
                row(json, each.where(), each.what());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("secrets");
            for (Secret each : report.secrets()) {
                row(
                        json,
                        each.rule(),
                        each.title(),
                        each.where(),
                        Integer.toString(each.layer()),
                        Integer.toString(each.line()),
                        each.masked());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("configuration");
            for (ConfigurationFinding each : report.configuration()) {
                row(json, each.rule(), each.source(), each.what());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void lineage(JsonGenerator json, ImageReport report) throws IOException {
        json.writeObjectFieldStart("lineage");
        text(json, "created", report.lineage().created().map(Object::toString).orElse(""));
        text(json, "source", report.lineage().source());
        text(json, "revision", report.lineage().revision());
        if (report.lineage().base().isPresent()) {
            BaseImage base = report.lineage().base().get();
            json.writeObjectFieldStart("base");
            text(json, "name", base.name());
            text(json, "digest", base.digest());
            json.writeNumberField("layers", base.layers());
            text(json, "created", base.created().map(Object::toString).orElse(""));
            text(json, "evidence", base.evidence().name());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void distribution(JsonGenerator json, Distribution said) throws IOException {
        json.writeObjectFieldStart("distribution");
        text(json, "id", said.id());
        text(json, "versionId", said.versionId());
        text(json, "codename", said.codename());
        text(json, "prettyName", said.prettyName());
        text(json, "idLike", said.idLike());
        json.writeEndObject();
    }

    private static void packaged(JsonGenerator json, Package each) throws IOException {
        json.writeStartObject();
        text(json, "purl", each.purl().toString());
        text(json, "kind", each.kind().name());
        if (each.source().isPresent()) {
            SourcePackage source = each.source().get();
            json.writeFieldName("source");
            row(json, source.name(), source.version());
        }
        if (!each.licences().isEmpty()) {
            texts(json, "licences", each.licences());
        }
        text(json, "ownedBy", each.ownedBy().orElse(""));
        json.writeArrayFieldStart("found");
        for (Occurrence place : each.occurrences()) {
            row(
                    json,
                    place.path(),
                    Integer.toString(place.layer()),
                    place.evidence().name(),
                    place.confidence().name(),
                    place.development() ? "d" : "");
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeFieldName(name);
        row(json, values.toArray(String[]::new));
    }

    private static void row(JsonGenerator json, String... values) throws IOException {
        json.writeStartArray();
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
