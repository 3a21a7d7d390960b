package io.plimsoll.scanning.sbom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.advisory.AdvisoryPage;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.ImageAnswer;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.pack.Distribution;
import io.plimsoll.scanning.pack.Package;
import io.plimsoll.scanning.pack.Purl;
import io.plimsoll.scanning.pack.SourcePackage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SPDX 2.3 JSON (ISO/IEC 5962 as continued): the image, and one package for each found in it. What an author did not say
 * in SPDX's terms is NOASSERTION; declared licences stand as a comment, since they are seldom SPDX expressions.
 */
public final class Spdx {

    private static final Pattern BUILT_FROM =
            Pattern.compile("^built package from: ([a-zA-Z0-9][^\\s;]{0,200})(?: ([0-9][^\\s;]{0,200}))?");
    private static final JsonFactory JSON = new JsonFactory();
    private static final String NAMESPACE = "https://plimsoll.invalid/spdx/";

    private Spdx() {}

    /** Writes what is inside, see {@link #write(ImageReport, Optional, Instant, OutputStream)}. */
    public static void write(ImageReport report, Instant created, OutputStream out) throws IOException {
        write(report, Optional.empty(), created, out);
    }

    /**
     * Writes what is inside; {@code out} is flushed, not closed. What is known against a package stands beside it as
     * references of the category SECURITY (annex K), as far as the advisory has a page.
     *
     * @param answer empty when nothing was matched
     * @param created the format demands a time; the same time gives the same bytes
     */
    public static void write(ImageReport report, Optional<ImageAnswer> answer, Instant created, OutputStream out)
            throws IOException {
        Map<Purl, PackageAnswer> answers = answers(answer);
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
            String comment = comment(report, answer);
            if (!comment.isEmpty()) {
                json.writeStringField("comment", comment);
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
            Optional<Distribution> system = report.catalogue().distribution();
            if (system.isPresent()) {
                start(json, "SPDXRef-System", system.get().id(), system.get().versionId(), "OPERATING-SYSTEM");
                json.writeEndObject();
            }
            int number = 0;
            for (Package found : report.catalogue().packages()) {
                packaged(json, found, Optional.ofNullable(answers.get(found.purl())), ++number);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("relationships");
            relation(json, "SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Image");
            if (system.isPresent()) {
                relation(json, "SPDXRef-Image", "CONTAINS", "SPDXRef-System");
            }
            for (int i = 1; i <= number; i++) {
                relation(json, "SPDXRef-Image", "CONTAINS", "SPDXRef-Package-" + i);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static Map<Purl, PackageAnswer> answers(Optional<ImageAnswer> answer) {
        Map<Purl, PackageAnswer> answers = new HashMap<>();
        answer.ifPresent(
                one -> one.packages().forEach(pack -> answers.put(pack.pack().purl(), pack)));
        return answers;
    }

    static String comment(ImageReport report, Optional<ImageAnswer> answer) {
        List<String> said = new ArrayList<>();
        if (!report.origin().isEmpty()) {
            said.add("from a bill of materials in " + report.origin());
        }
        if (!report.catalogue().isComplete()) {
            said.add("incomplete: parts of the image could not be read");
        }
        answer.ifPresent(one -> {
            said.add("weaknesses: " + one.outcome());
            one.gapCounts().forEach((reason, packages) -> said.add(packages + " packages not known, " + reason.slug()));
        });
        return String.join("; ", said);
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

    private static void packaged(JsonGenerator json, Package found, Optional<PackageAnswer> answer, int number)
            throws IOException {
        start(json, "SPDXRef-Package-" + number, found.purl().fullName(), found.version(), "LIBRARY");
        if (!found.licences().isEmpty()) {
            json.writeStringField("licenseComments", "declared: " + String.join(", ", found.licences()));
        }
        json.writeStringField("sourceInfo", sourceInfo(found));
        json.writeArrayFieldStart("externalRefs");
        json.writeStartObject();
        json.writeStringField("referenceCategory", "PACKAGE-MANAGER");
        json.writeStringField("referenceType", "purl");
        json.writeStringField("referenceLocator", found.purl().toString());
        json.writeEndObject();
        if (answer.isPresent()) {
            for (Finding finding : answer.get().findings()) {
                advisory(json, finding);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Where it is, and what a distribution built it from, which its advisories go by: in the words other tools use. */
    static String sourceInfo(Package found) {
        String place = "found at " + found.occurrences().getFirst().path();
        return found.source()
                .map(source -> "built package from: " + source.name()
                        + (source.version().isEmpty() ? "" : " " + source.version()) + "; " + place)
                .orElse(place);
    }

    /** Reads the first part back. */
    static Optional<SourcePackage> source(String sourceInfo) {
        Matcher built = BUILT_FROM.matcher(sourceInfo);
        return built.find()
                ? Optional.of(new SourcePackage(built.group(1), built.group(2) == null ? "" : built.group(2)))
                : Optional.empty();
    }

    private static void advisory(JsonGenerator json, Finding finding) throws IOException {
        Optional<URI> page = AdvisoryPage.of(finding.vulnerability());
        if (page.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField("referenceCategory", "SECURITY");
        json.writeStringField("referenceType", "advisory");
        json.writeStringField("referenceLocator", page.get().toString());
        json.writeStringField(
                "comment",
                finding.fixedIn().map(version -> "fixed in " + version).orElse("no fix published"));
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
