package io.plimsoll.cli.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.image.BaseImage;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.match.BaseShare;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.secret.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** A report as JSON of our own form, {@code plimsoll.images/v1}: everything, sorted, without a time. */
final class ScanJson {

    private ScanJson() {}

    static void write(Scanned scanned, OutputStream out) throws IOException {
        ImageReport report = scanned.report();
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("schema", "plimsoll.images/v1");
            json.writeStringField("name", report.name());
            if (!report.origin().isEmpty()) {
                json.writeStringField("origin", report.origin());
            }
            if (report.digest().isPresent()) {
                json.writeStringField("digest", report.digest().get().toString());
            }
            json.writeBooleanField("complete", report.catalogue().isComplete());
            if (report.catalogue().distribution().isPresent()) {
                distribution(report.catalogue().distribution().get(), json);
            }
            EndorsedJson.lineage(report.lineage(), json);
            json.writeNumberField("files", report.catalogue().files());
            json.writeNumberField("javaArchives", report.catalogue().archives());
            json.writeArrayFieldStart("layers");
            for (String layer : report.layers()) {
                json.writeString(layer);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("packages");
            for (Package found : report.catalogue().packages()) {
                packaged(found, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("configuration");
            for (var finding : report.configuration()) {
                json.writeStartObject();
                json.writeStringField("rule", finding.rule());
                json.writeStringField("source", finding.source());
                json.writeStringField("what", finding.what());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("secrets");
            for (Secret secret : report.secrets()) {
                json.writeStartObject();
                json.writeStringField("rule", secret.rule());
                json.writeStringField("title", secret.title());
                json.writeStringField("where", secret.where());
                json.writeNumberField("line", secret.line());
                json.writeStringField("masked", secret.masked());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("incomplete");
            for (Incompleteness part : report.catalogue().incomplete()) {
                json.writeStartObject();
                json.writeStringField("where", part.where());
                json.writeStringField("what", part.what());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (scanned.endorsed().isPresent()) {
                EndorsedJson.write(scanned.endorsed().get(), json);
            }
            if (scanned.answered().isPresent()) {
                new AnswerJson(json).write(scanned.answered().get());
                Optional<BaseImage> base = report.lineage().base().filter(one -> one.layers() >= 0);
                if (base.isPresent()) {
                    base(
                            BaseShare.of(
                                    report, base.get(), scanned.answered().get().answer()),
                            json);
                }
            }
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void distribution(Distribution said, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("distribution");
        json.writeStringField("id", said.id());
        json.writeStringField("versionId", said.versionId());
        json.writeStringField("name", said.prettyName());
        json.writeEndObject();
    }

    private static void packaged(Package found, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("purl", found.purl().toString());
        json.writeStringField("kind", found.kind().name());
        if (found.source().isPresent()) {
            json.writeObjectFieldStart("source");
            json.writeStringField("name", found.source().get().name());
            json.writeStringField("version", found.source().get().version());
            json.writeEndObject();
        }
        if (!found.licences().isEmpty()) {
            json.writeArrayFieldStart("licences");
            for (String licence : found.licences()) {
                json.writeString(licence);
            }
            json.writeEndArray();
        }
        if (found.ownedBy().isPresent()) {
            json.writeStringField("ownedBy", found.ownedBy().get());
        }
        json.writeArrayFieldStart("found");
        for (Occurrence occurrence : found.occurrences()) {
            json.writeStartObject();
            json.writeStringField("path", occurrence.path());
            json.writeNumberField("layer", occurrence.layer());
            json.writeStringField("evidence", occurrence.evidence().name());
            json.writeStringField("confidence", occurrence.confidence().name());
            if (occurrence.development()) {
                json.writeBooleanField("development", true);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What the base brings, and what the same base made anew would be rid of. */
    private static void base(BaseShare share, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("ofBase");
        names("vulnerabilities", share.found(), json);
        names("fixable", share.fixable(), json);
        json.writeEndObject();
    }

    private static void names(String field, Iterable<String> names, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
