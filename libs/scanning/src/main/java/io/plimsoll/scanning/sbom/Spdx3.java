package io.plimsoll.scanning.sbom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * SPDX 3.0.1 JSON-LD, profiles core, software and simple licensing, and security where something was matched: the image, the
 * packages it contains, their declared licences, and what is known against them as VEX assessments.
 */
public final class Spdx3 {

    static final String CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
    private static final JsonFactory JSON = new JsonFactory();
    private static final String NAMESPACE = "https://plimsoll.invalid/spdx/";

    private final JsonGenerator json;
    private final String space;

    private Spdx3(JsonGenerator json, String space) {
        this.json = json;
        this.space = space;
    }

    /**
     * Writes what is inside; {@code out} is flushed, not closed.
     *
     * @param answer empty when nothing was matched
     * @param created the format demands a time; the same time gives the same bytes
     */
    public static void write(ImageReport report, Optional<ImageAnswer> answer, Instant created, OutputStream out)
            throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            new Spdx3(json, NAMESPACE + CycloneDx.identity(report) + "#").document(report, answer, created);
        }
    }

    private void document(ImageReport report, Optional<ImageAnswer> answer, Instant created) throws IOException {
        json.writeStartObject();
        json.writeStringField("@context", CONTEXT);
        json.writeArrayFieldStart("@graph");
        json.writeStartObject();
        json.writeStringField("type", "CreationInfo");
        json.writeStringField("@id", "_:creation");
        json.writeStringField("specVersion", "3.0.1");
        json.writeStringField("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        strings("createdBy", List.of(space + "agent"));
        strings("createdUsing", List.of(space + "tool"));
        json.writeEndObject();
        element("SoftwareAgent", "agent", "plimsoll");
        json.writeEndObject();
        element("Tool", "tool", "plimsoll");
        json.writeEndObject();
        String name = report.name().isEmpty() ? "image" : report.name();
        element("SpdxDocument", "document", name);
        String comment = Spdx.comment(report, answer);
        if (!comment.isEmpty()) {
            json.writeStringField("comment", comment);
        }
        strings(
                "profileConformance",
                answer.isPresent()
                        ? List.of("core", "software", "simpleLicensing", "security")
                        : List.of("core", "software", "simpleLicensing"));
        strings("rootElement", List.of(space + "image"));
        json.writeEndObject();
        element("software_Package", "image", name);
        json.writeStringField("software_primaryPurpose", "container");
        if (report.digest().isPresent()) {
            json.writeStringField(
                    "software_packageVersion", report.digest().get().toString());
        }
        json.writeEndObject();
        packages(report);
        if (answer.isPresent()) {
            new Spdx3Vulnerabilities(json, this).write(answer.get(), ids(report));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void packages(ImageReport report) throws IOException {
        List<String> contained = new ArrayList<>();
        Optional<Distribution> system = report.catalogue().distribution();
        if (system.isPresent()) {
            element("software_Package", "system", system.get().id());
            json.writeStringField("software_primaryPurpose", "operatingSystem");
            if (!system.get().versionId().isEmpty()) {
                json.writeStringField("software_packageVersion", system.get().versionId());
            }
            json.writeEndObject();
            contained.add(space + "system");
        }
        // Each distinct licence once, with the packages that declare it.
        Map<String, List<String>> licensed = new TreeMap<>();
        int number = 0;
        for (Package found : report.catalogue().packages()) {
            String id = "package-" + ++number;
            contained.add(space + id);
            found.licences()
                    .forEach(licence -> licensed.computeIfAbsent(licence, one -> new ArrayList<>())
                            .add(id));
            packaged(found, id);
        }
        int licence = 0;
        for (Map.Entry<String, List<String>> one : licensed.entrySet()) {
            licence(one.getKey(), ++licence, one.getValue());
        }
        if (!contained.isEmpty()) {
            relationship("Relationship", "contained", "contains", "image", contained);
            json.writeStringField("completeness", report.catalogue().isComplete() ? "complete" : "incomplete");
            json.writeEndObject();
        }
    }

    private void packaged(Package found, String id) throws IOException {
        element("software_Package", id, found.purl().fullName());
        if (!found.version().isEmpty()) {
            json.writeStringField("software_packageVersion", found.version());
        }
        json.writeStringField("software_packageUrl", found.purl().toString());
        json.writeStringField("software_sourceInfo", Spdx.sourceInfo(found));
        json.writeEndObject();
    }

    /** What authors declare is seldom an SPDX expression: their words stand as a text that a LicenseRef points at. */
    private void licence(String declared, int number, List<String> packages) throws IOException {
        String reference = "LicenseRef-" + number;
        element("simplelicensing_SimpleLicensingText", "licence-text-" + number, declared);
        json.writeStringField("simplelicensing_licenseText", declared);
        json.writeEndObject();
        element("simplelicensing_LicenseExpression", "licence-" + number, declared);
        json.writeStringField("simplelicensing_licenseExpression", reference);
        json.writeArrayFieldStart("simplelicensing_customIdToUri");
        json.writeStartObject();
        json.writeStringField("type", "DictionaryEntry");
        json.writeStringField("key", reference);
        json.writeStringField("value", space + "licence-text-" + number);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        for (String pack : packages) {
            relationship(
                    "Relationship",
                    "licence-" + number + "-of-" + pack,
                    "hasDeclaredLicense",
                    pack,
                    List.of(space + "licence-" + number));
            json.writeEndObject();
        }
    }

    /** Where each package's element is. */
    private static Map<String, String> ids(ImageReport report) {
        Map<String, String> ids = new TreeMap<>();
        int number = 0;
        for (Package found : report.catalogue().packages()) {
            ids.put(found.purl().toString(), "package-" + ++number);
        }
        return ids;
    }

    /** Opens an element. */
    void element(String type, String id, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("spdxId", space + id);
        json.writeStringField("creationInfo", "_:creation");
        if (!name.isEmpty()) {
            json.writeStringField("name", name);
        }
    }

    /** Opens a relationship. */
    void relationship(String type, String id, String word, String from, List<String> to) throws IOException {
        element(type, id, "");
        json.writeStringField("relationshipType", word);
        json.writeStringField("from", space + from);
        strings("to", to);
    }

    String absolute(String id) {
        return space + id;
    }

    private void strings(String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }
}
