package io.plimsoll.scanning.sbom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.pack.Confidence;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.EvidenceKind;
import io.plimsoll.scanning.pack.Occurrence;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * CycloneDX 1.6 JSON (ECMA-424): the image as subject, one component a package with evidence of where and how it was
 * found. Written as a stream and without a time, so that the same image gives the same bytes.
 */
public final class CycloneDx {

    private static final JsonFactory JSON = new JsonFactory();

    private CycloneDx() {}

    /** Writes what is inside; {@code out} is flushed, not closed. */
    public static void write(ImageReport report, OutputStream out) throws IOException {
        write(report, Optional.empty(), out);
    }

    /**
     * Writes what is inside and what is known against it; {@code out} is flushed, not closed.
     *
     * @param answer empty when nothing was matched: then there is no list of vulnerabilities at all
     */
    public static void write(ImageReport report, Optional<ImageAnswer> answer, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("bomFormat", "CycloneDX");
            json.writeStringField("specVersion", "1.6");
            json.writeStringField("serialNumber", "urn:uuid:" + identity(report));
            json.writeNumberField("version", 1);
            json.writeObjectFieldStart("metadata");
            json.writeObjectFieldStart("tools");
            json.writeArrayFieldStart("components");
            json.writeStartObject();
            json.writeStringField("type", "application");
            json.writeStringField("name", "plimsoll");
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
            subject(report, json);
            about(report, answer, json);
            json.writeEndObject();
            json.writeArrayFieldStart("components");
            if (report.catalogue().distribution().isPresent()) {
                system(report.catalogue().distribution().get(), json);
            }
            for (Package found : report.catalogue().packages()) {
                component(found, json);
            }
            json.writeEndArray();
            if (!report.catalogue().isComplete()) {
                // Whoever reads the bill must not take it for the whole.
                json.writeArrayFieldStart("compositions");
                json.writeStartObject();
                json.writeStringField("aggregate", "incomplete");
                json.writeEndObject();
                json.writeEndArray();
            }
            if (answer.isPresent()) {
                new CycloneDxVulnerabilities(json).write(answer.get());
            }
            json.writeEndObject();
        }
    }

    private static void about(ImageReport report, Optional<ImageAnswer> answer, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("properties");
        if (!report.origin().isEmpty()) {
            property("plimsoll:origin", report.origin(), json);
        }
        if (answer.isPresent()) {
            for (String[] pair : CycloneDxVulnerabilities.properties(answer.get())) {
                property(pair[0], pair[1], json);
            }
        }
        json.writeEndArray();
    }

    /** The same report has the same number. */
    static UUID identity(ImageReport report) {
        StringBuilder of = new StringBuilder(report.name());
        report.digest().ifPresent(of::append);
        report.catalogue().packages().forEach(found -> of.append('\n').append(found.purl()));
        return UUID.nameUUIDFromBytes(of.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void subject(ImageReport report, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("component");
        json.writeStringField("type", "container");
        json.writeStringField("bom-ref", "image");
        json.writeStringField("name", report.name().isEmpty() ? "image" : report.name());
        if (report.digest().isPresent()) {
            json.writeStringField("version", report.digest().get().toString());
        }
        json.writeArrayFieldStart("properties");
        for (int layer = 0; layer < report.layers().size(); layer++) {
            property("plimsoll:layer:" + layer, report.layers().get(layer), json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void system(Distribution distribution, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "operating-system");
        json.writeStringField("bom-ref", "os:" + distribution.qualifier());
        json.writeStringField("name", distribution.id());
        if (!distribution.versionId().isEmpty()) {
            json.writeStringField("version", distribution.versionId());
        }
        if (!distribution.prettyName().isEmpty()) {
            json.writeStringField("description", distribution.prettyName());
        }
        json.writeEndObject();
    }

    private static void component(Package found, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "library");
        json.writeStringField("bom-ref", found.purl().toString());
        if (!found.namespace().isEmpty()) {
            json.writeStringField("group", found.namespace());
        }
        json.writeStringField("name", found.name());
        json.writeStringField("version", found.version());
        if (!found.licences().isEmpty()) {
            json.writeArrayFieldStart("licenses");
            for (String licence : found.licences()) {
                json.writeStartObject();
                json.writeObjectFieldStart("license");
                json.writeStringField("name", licence);
                json.writeEndObject();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeStringField("purl", found.purl().toString());
        evidence(found, json);
        properties(found, json);
        json.writeEndObject();
    }

    private static void evidence(Package found, JsonGenerator json) throws IOException {
        Occurrence best = found.occurrences().stream()
                .min((one, other) -> one.confidence().compareTo(other.confidence()))
                .orElseThrow();
        json.writeObjectFieldStart("evidence");
        json.writeArrayFieldStart("identity");
        json.writeStartObject();
        json.writeStringField("field", "purl");
        json.writeNumberField("confidence", confidence(best.confidence()));
        json.writeArrayFieldStart("methods");
        json.writeStartObject();
        json.writeStringField("technique", technique(best.evidence()));
        json.writeNumberField("confidence", confidence(best.confidence()));
        json.writeStringField("value", best.path());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeArrayFieldStart("occurrences");
        for (Occurrence occurrence : found.occurrences()) {
            json.writeStartObject();
            json.writeStringField("location", occurrence.path());
            if (occurrence.layer() >= 0) {
                json.writeStringField("additionalContext", "layer " + occurrence.layer());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void properties(Package found, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("properties");
        property("plimsoll:kind", found.kind().name(), json);
        if (found.source().isPresent()) {
            property("plimsoll:source:name", found.source().get().name(), json);
            property("plimsoll:source:version", found.source().get().version(), json);
        }
        Optional<String> owner = found.ownedBy();
        if (owner.isPresent()) {
            property("plimsoll:ownedBy", owner.get(), json);
        }
        if (found.occurrences().stream().allMatch(Occurrence::development)) {
            property("plimsoll:development", "true", json);
        }
        json.writeEndArray();
    }

    static void property(String name, String value, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", name);
        json.writeStringField("value", value);
        json.writeEndObject();
    }

    private static double confidence(Confidence confidence) {
        return switch (confidence) {
            case HIGH -> 1.0;
            case MEDIUM -> 0.7;
            case LOW -> 0.3;
        };
    }

    private static String technique(EvidenceKind evidence) {
        return switch (evidence) {
            case PACKAGE_DATABASE, INSTALLED_METADATA, POM_PROPERTIES, MANIFEST, LOCK_FILE -> "manifest-analysis";
            case BUILD_INFORMATION -> "binary-analysis";
            case CHECKSUM -> "hash-comparison";
            case FILE_NAME -> "filename";
            case SBOM -> "other";
        };
    }
}
