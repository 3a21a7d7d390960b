package io.plimsoll.cli.scan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plimsoll.kernel.Severity;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.advisory.AdvisoryPage;
import io.plimsoll.scanning.configuration.ConfigurationFinding;
import io.plimsoll.scanning.image.Incompleteness;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import io.plimsoll.scanning.secret.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * SARIF 2.1.0: a result for each weakness of a package, each secret and each configuration finding; what a statement sets
 * aside is suppressed (3.27.23), what is not known is open (3.27.9), what could not be read is a notification (3.20.21).
 */
final class ScanSarif {

    /** @param score CVSS base score in tenths, -1 for none */
    private record Rule(String id, String title, String level, int score, Optional<URI> help) {}

    private static final String UNSIGNED = "trust/unsigned";

    private final JsonGenerator json;
    private final Map<String, Integer> index = new LinkedHashMap<>();

    private ScanSarif(JsonGenerator json) {
        this.json = json;
    }

    static void write(Scanned scanned, OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .useDefaultPrettyPrinter()) {
            new ScanSarif(json).run(scanned);
        }
        out.write('\n');
    }

    private void run(Scanned scanned) throws IOException {
        ImageReport report = scanned.report();
        Optional<Answered> answered = scanned.answered();
        json.writeStartObject();
        json.writeStringField("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "plimsoll");
        json.writeArrayFieldStart("rules");
        for (Rule rule : rules(scanned)) {
            if (index.putIfAbsent(rule.id(), index.size()) == null) {
                rule(rule);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        // Paths are of the image, wherever its files lie.
        json.writeObjectFieldStart("originalUriBaseIds");
        json.writeObjectFieldStart("ROOT");
        json.writeStringField("uri", "file:///");
        json.writeEndObject();
        json.writeEndObject();
        invocation(report);
        json.writeArrayFieldStart("results");
        if (answered.isPresent()) {
            weaknesses(answered.get());
            unknown(report, answered.get());
        }
        if (isUnsigned(scanned)) {
            boolean asked = scanned.endorsed().orElseThrow().asked();
            start(
                    UNSIGNED,
                    asked ? "fail" : "open",
                    asked ? "error" : "none",
                    asked ? "no given key signed it" : "the registry could not be asked who signed it");
            location("", 0, image(report), "resource");
            json.writeEndObject();
        }
        for (Secret secret : report.secrets()) {
            start("secret/" + secret.rule(), "fail", "error", secret.title() + ": " + secret.masked());
            boolean file = secret.layer() >= 0 || secret.where().startsWith("/");
            location(file ? secret.where() : "", secret.line(), secret.where(), "member");
            json.writeEndObject();
        }
        for (ConfigurationFinding finding : report.configuration()) {
            String source = finding.source().isEmpty() ? "" : " (" + finding.source() + ")";
            start("configuration/" + finding.rule(), "fail", "warning", finding.what() + source);
            location("", 0, image(report), "resource");
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private static boolean isUnsigned(Scanned scanned) {
        return scanned.endorsed().filter(one -> one.keyed() && !one.isSigned()).isPresent();
    }

    private static String image(ImageReport report) {
        String name = report.name().isEmpty() ? "image" : report.name();
        return report.digest().map(digest -> name + "@" + digest).orElse(name);
    }

    private static List<Rule> rules(Scanned scanned) {
        ImageReport report = scanned.report();
        List<Rule> rules = new ArrayList<>();
        if (isUnsigned(scanned)) {
            rules.add(new Rule(UNSIGNED, "No given key signed the image", "error", -1, Optional.empty()));
        }
        scanned.answered().ifPresent(one -> {
            one.rows().forEach(row -> rules.add(rule(row.finding())));
            one.asides().forEach(aside -> rules.add(rule(aside.setAside().finding())));
            one.answer()
                    .gapCounts()
                    .keySet()
                    .forEach(reason -> rules.add(
                            new Rule("unknown/" + reason.slug(), reason.settledBy(), "none", -1, Optional.empty())));
        });
        report.secrets()
                .forEach(secret ->
                        rules.add(new Rule("secret/" + secret.rule(), secret.title(), "error", -1, Optional.empty())));
        report.configuration()
                .forEach(finding -> rules.add(new Rule(
                        "configuration/" + finding.rule(),
                        finding.source().isEmpty() ? finding.rule() : finding.source(),
                        "warning",
                        -1,
                        Optional.empty())));
        return rules;
    }

    private static Rule rule(Finding finding) {
        String title = finding.summary().isEmpty() ? finding.vulnerability() : finding.summary();
        return new Rule(
                finding.vulnerability(),
                title,
                level(finding.severity()),
                finding.score(),
                AdvisoryPage.of(finding.vulnerability()));
    }

    private static String level(Optional<Severity> severity) {
        return severity.map(known -> switch (known) {
                    case CRITICAL, HIGH -> "error";
                    case MEDIUM -> "warning";
                    case LOW -> "note";
                })
                .orElse("warning");
    }

    private void rule(Rule rule) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", rule.id());
        text("shortDescription", rule.title());
        if (rule.help().isPresent()) {
            json.writeStringField("helpUri", rule.help().get().toString());
        }
        json.writeObjectFieldStart("defaultConfiguration");
        json.writeStringField("level", rule.level());
        json.writeEndObject();
        if (rule.score() >= 0) {
            json.writeObjectFieldStart("properties");
            // The property that hosts of results sort by; a string by their contract.
            json.writeStringField("security-severity", String.valueOf(rule.score() / 10.0));
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void text(String name, String text) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private void invocation(ImageReport report) throws IOException {
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", report.catalogue().isComplete());
        json.writeArrayFieldStart("toolExecutionNotifications");
        for (Incompleteness part : report.catalogue().incomplete()) {
            json.writeStartObject();
            json.writeStringField("level", "warning");
            text("message", "not read: " + part);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private void weaknesses(Answered answered) throws IOException {
        for (Answered.Row row : answered.rows()) {
            weakness(row.pack(), row.finding(), Optional.empty());
        }
        for (Answered.Aside aside : answered.asides()) {
            weakness(aside.pack(), aside.setAside().finding(), Optional.of(aside.setAside()));
        }
    }

    private void weakness(PackageAnswer pack, Finding finding, Optional<SetAside> aside) throws IOException {
        String fix = finding.fixedIn().map(version -> ", fixed in " + version).orElse(", no fix is published");
        String exploited = finding.exploitation() instanceof io.plimsoll.scanning.match.Exploitation.Known known
                ? "; known to be exploited since " + known.row().added()
                : "";
        String purl = pack.pack().purl().toString();
        start(
                finding.vulnerability(),
                "fail",
                level(finding.severity()),
                pack.pack().purl().fullName() + " " + pack.pack().fullVersion() + fix + exploited);
        location(pack.pack().occurrences().getFirst().path(), 0, purl, "package");
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField("plimsoll.weaknessOfPackage/v1", finding.vulnerability() + " " + purl);
        json.writeEndObject();
        if (aside.isPresent()) {
            json.writeArrayFieldStart("suppressions");
            json.writeStartObject();
            json.writeStringField("kind", "external");
            json.writeStringField("status", "accepted");
            String detail = aside.get().detail();
            json.writeStringField("justification", aside.get().by() + (detail.isEmpty() ? "" : ": " + detail));
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void unknown(ImageReport report, Answered answered) throws IOException {
        for (var gap : answered.answer().gapCounts().entrySet()) {
            start(
                    "unknown/" + gap.getKey().slug(),
                    "open",
                    "none",
                    gap.getValue() + " packages are not known: " + gap.getKey().settledBy());
            location("", 0, image(report), "resource");
            json.writeEndObject();
        }
    }

    /** Opens a result. */
    private void start(String rule, String kind, String level, String message) throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", rule);
        json.writeNumberField("ruleIndex", index.getOrDefault(rule, -1));
        json.writeStringField("kind", kind);
        json.writeStringField("level", level);
        text("message", message);
    }

    /** @param path absolute in the image; empty when it is not about a file */
    private void location(String path, int line, String name, String kind) throws IOException {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        if (path.startsWith("/")) {
            json.writeObjectFieldStart("physicalLocation");
            json.writeObjectFieldStart("artifactLocation");
            json.writeStringField("uri", relative(path));
            json.writeStringField("uriBaseId", "ROOT");
            json.writeEndObject();
            if (line > 0) {
                json.writeObjectFieldStart("region");
                json.writeNumberField("startLine", line);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeArrayFieldStart("logicalLocations");
        json.writeStartObject();
        json.writeStringField("fullyQualifiedName", name);
        json.writeStringField("kind", kind);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    /** A path as a relative reference of RFC 3986. */
    private static String relative(String path) {
        try {
            String encoded = new URI("file", "", path, null).toASCIIString();
            return encoded.substring(encoded.indexOf(":///") + 4);
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
