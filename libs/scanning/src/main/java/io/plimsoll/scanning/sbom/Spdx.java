package io.plimsoll.scanning.sbom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * SPDX 2.3 JSON (ISO/IEC 5962 as continued): the image, and one package for each found in it. What an author did not say
 * in SPDX's terms is NOASSERTION; declared licences stand as a comment, since they are seldom SPDX expressions.
 */
public final class Spdx {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NAMESPACE = "https://plimsoll.invalid/spdx/";

    private Spdx() {}

    /**
     * Writes the report; {@code out} is flushed, not closed.
     *
     * @param created the format demands a time; the same time gives the same bytes
     */
    public static void write(ImageReport report, Instant created, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            String name = report.name().isEmpty() ? "image" : report.name();
            json.writeStartObject();
            json.writeStringField("spdxVersion", "SPDX-2.3");
            json.writeStringField("dataLicense", "CC0-1.0");
            json.writeStringField("SPDXID", "SPDXRef-DOCUMENT");
            json.writeStringField("name", name);
            json.writeStringField("documentNamespace", NAMESPACE + CycloneDx.identity(report));
            json.writeObjectFieldStart("creationInfo");
            json.writeStringField(
                    "created", created.truncatedTo(ChronoUnit.SECONDS).toString());
            json.writeArrayFieldStart("creators");
            json.writeString("Tool: plimsoll");
            json.writeEndArray();
            if (!report.catalogue().isComplete()) {
                json.writeStringField("comment", "incomplete: parts of the image could not be read");
            }
            json.writeEndObject();
            json.writeArrayFieldStart("packages");
            start(
                    json,
                    "SPDXRef-Image",
                    name,
                    report.digest().map(Object::toString).orElse(""),
                    "CONTAINER");
            json.writeEndObject();
            int number = 0;
            for (Package found : report.catalogue().packages()) {
                packaged(json, found, ++number);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("relationships");
            relation(json, "SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Image");
            for (int i = 1; i <= number; i++) {
                relation(json, "SPDXRef-Image", "CONTAINS", "SPDXRef-Package-" + i);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void start(JsonGenerator json, String id, String name, String version, String purpose)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("SPDXID", id);
        json.writeStringField("name", name);
        if (!version.isEmpty()) {
            json.writeStringField("versionInfo", version);
        }
        json.writeStringField("downloadLocation", "NOASSERTION");
        json.writeBooleanField("filesAnalyzed", false);
        json.writeStringField("licenseConcluded", "NOASSERTION");
        json.writeStringField("licenseDeclared", "NOASSERTION");
        json.writeStringField("copyrightText", "NOASSERTION");
        json.writeStringField("primaryPackagePurpose", purpose);
    }

    private static void packaged(JsonGenerator json, Package found, int number) throws IOException {
        start(json, "SPDXRef-Package-" + number, found.purl().fullName(), found.version(), "LIBRARY");
        if (!found.licences().isEmpty()) {
            json.writeStringField("licenseComments", "declared: " + String.join(", ", found.licences()));
        }
        json.writeStringField(
                "sourceInfo", "found at " + found.occurrences().getFirst().path());
        json.writeArrayFieldStart("externalRefs");
        json.writeStartObject();
        json.writeStringField("referenceCategory", "PACKAGE-MANAGER");
        json.writeStringField("referenceType", "purl");
        json.writeStringField("referenceLocator", found.purl().toString());
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void relation(JsonGenerator json, String from, String type, String to) throws IOException {
        json.writeStartObject();
        json.writeStringField("spdxElementId", from);
        json.writeStringField("relationshipType", type);
        json.writeStringField("relatedSpdxElement", to);
        json.writeEndObject();
    }
}
