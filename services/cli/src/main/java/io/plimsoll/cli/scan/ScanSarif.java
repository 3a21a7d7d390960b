package io.plimsoll.cli.scan;

import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.Source;
import io.plimsoll.report.sarif.SarifLog;
import io.plimsoll.report.sarif.SarifResult;
import io.plimsoll.report.sarif.SarifRule;
import io.plimsoll.scanning.ImageReport;
import io.plimsoll.scanning.advisory.AdvisoryPage;
import io.plimsoll.scanning.configuration.ConfigurationFinding;
import io.plimsoll.scanning.match.Finding;
import io.plimsoll.scanning.match.PackageAnswer;
import io.plimsoll.scanning.match.SetAside;
import io.plimsoll.scanning.secret.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SARIF 2.1.0: a result for each weakness of a package, each secret and each configuration finding; what a statement sets
 * aside is suppressed (3.27.23), what is not known is open (3.27.9), what could not be read is a notification (3.20.21).
 */
final class ScanSarif {

    private static final String UNSIGNED = "trust/unsigned";
    private static final List<String> TAGS = List.of("security", "image");
    /** Paths are of the image, wherever its files lie. */
    private static final SarifLog.Root ROOT = new SarifLog.Root("ROOT", "The root of the image.", "file:///", true);

    private final SarifLog log;

    private ScanSarif(SarifLog log) {
        this.log = log;
    }

    /** @param out is flushed, never closed */
    static void write(Scanned scanned, OutputStream out) throws IOException {
        Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        ScanSarif sarif =
                new ScanSarif(new SarifLog(text, List.copyOf(rules(scanned).values()), ROOT));
        sarif.results(scanned);
        ImageReport report = scanned.report();
        sarif.log.end(
                report.catalogue().isComplete(),
                report.catalogue().incomplete().stream()
                        .map(part -> "not read: " + part)
                        .toList(),
                json -> json.writeStringField("image", image(report)));
    }

    private void results(Scanned scanned) throws IOException {
        ImageReport report = scanned.report();
        if (scanned.answered().isPresent()) {
            Answered answered = scanned.answered().get();
            for (Answered.Row row : answered.rows()) {
                weakness(row.pack(), row.finding(), null);
            }
            for (Answered.Aside aside : answered.asides()) {
                weakness(aside.pack(), aside.setAside().finding(), aside.setAside());
            }
            for (var gap : answered.answer().gapCounts().entrySet()) {
                whole(
                        report,
                        "unknown/" + gap.getKey().slug(),
                        SarifResult.Kind.OPEN,
                        gap.getValue() + " packages are not known: "
                                + gap.getKey().settledBy());
            }
        }
        if (isUnsigned(scanned)) {
            boolean asked = scanned.endorsed().orElseThrow().asked();
            whole(
                    report,
                    UNSIGNED,
                    asked ? SarifResult.Kind.FAIL : SarifResult.Kind.OPEN,
                    asked ? "no given key signed it" : "the registry could not be asked who signed it");
        }
        for (Secret secret : report.secrets()) {
            boolean file = secret.layer() >= 0 || secret.where().startsWith("/");
            result(
                    "secret/" + secret.rule(),
                    SarifResult.Kind.FAIL,
                    secret.title() + ": " + secret.masked(),
                    file ? new Source(secret.where(), 0, secret.line()) : Source.NONE,
                    secret.where(),
                    "member",
                    null,
                    Map.of());
        }
        for (ConfigurationFinding finding : report.configuration()) {
            String source = finding.source().isEmpty() ? "" : " (" + finding.source() + ")";
            whole(report, "configuration/" + finding.rule(), SarifResult.Kind.FAIL, finding.what() + source);
        }
    }

    private void weakness(PackageAnswer pack, Finding finding, @Nullable SetAside aside) throws IOException {
        String fix = finding.fixedIn().map(version -> ", fixed in " + version).orElse(", no fix is published");
        String exploited = finding.exploitation() instanceof io.plimsoll.scanning.match.Exploitation.Known known
                ? "; known to be exploited since " + known.row().added()
                : "";
        String path = pack.pack().occurrences().getFirst().path();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("path", path);
        properties.put("fixedIn", finding.fixedIn().orElse(""));
        result(
                finding.vulnerability(),
                SarifResult.Kind.FAIL,
                pack.pack().purl().fullName() + " " + pack.pack().fullVersion() + fix + exploited,
                path.startsWith("/") ? new Source(path, 0, 0) : Source.NONE,
                pack.pack().purl().toString(),
                "package",
                aside == null ? null : aside.by() + (aside.detail().isEmpty() ? "" : ": " + aside.detail()),
                properties);
    }

    /** Of the image as a whole. */
    private void whole(ImageReport report, String rule, SarifResult.Kind kind, String message) throws IOException {
        result(rule, kind, message, Source.NONE, image(report), "resource", null, Map.of());
    }

    private void result(
            String rule,
            SarifResult.Kind kind,
            String message,
            Source source,
            String object,
            String objectKind,
            @Nullable String waiver,
            Map<String, String> properties)
            throws IOException {
        log.result(new SarifResult(rule, kind, message, source, object, objectKind, waiver, null, properties));
    }

    private static boolean isUnsigned(Scanned scanned) {
        return scanned.endorsed().filter(one -> one.keyed() && !one.isSigned()).isPresent();
    }

    private static String image(ImageReport report) {
        String name = report.name().isEmpty() ? "image" : report.name();
        return report.digest().map(digest -> name + "@" + digest).orElse(name);
    }

    /** By id, in the order of results; each once. */
    private static Map<String, SarifRule> rules(Scanned scanned) {
        Map<String, SarifRule> rules = new LinkedHashMap<>();
        ImageReport report = scanned.report();
        scanned.answered().ifPresent(one -> {
            one.rows().forEach(row -> add(rules, weakness(row.finding())));
            one.asides().forEach(aside -> add(rules, weakness(aside.setAside().finding())));
            one.answer()
                    .gapCounts()
                    .keySet()
                    .forEach(reason -> add(
                            rules,
                            rule("unknown/" + reason.slug(), reason.settledBy(), reason.settledBy(), Severity.LOW)));
        });
        if (isUnsigned(scanned)) {
            add(
                    rules,
                    rule(
                            UNSIGNED,
                            "No given key signed the image",
                            "Sign it, or give the key it was signed with.",
                            Severity.HIGH));
        }
        report.secrets()
                .forEach(secret -> add(
                        rules,
                        rule(
                                "secret/" + secret.rule(),
                                secret.title(),
                                "Take it out of the image, and make it invalid: whoever has the image has it.",
                                Severity.HIGH)));
        report.configuration()
                .forEach(finding -> add(
                        rules,
                        rule(
                                "configuration/" + finding.rule(),
                                finding.source().isEmpty() ? finding.rule() : finding.source(),
                                finding.what(),
                                Severity.MEDIUM)));
        return rules;
    }

    private static void add(Map<String, SarifRule> rules, SarifRule rule) {
        rules.putIfAbsent(rule.id(), rule);
    }

    private static SarifRule rule(String id, String title, String help, Severity severity) {
        return new SarifRule(id, name(id), title, title, help, severity, TAGS);
    }

    private static SarifRule weakness(Finding finding) {
        String title = finding.summary().isEmpty() ? finding.vulnerability() : finding.summary();
        Optional<String> fix = finding.fixedIn();
        return new SarifRule(
                finding.vulnerability(),
                finding.vulnerability(),
                title,
                title,
                fix.isPresent()
                        ? "Take the version that mends it, or an image that holds it."
                        : "No fix is published: see whether what is weak is used at all, and shield it.",
                AdvisoryPage.of(finding.vulnerability()).orElse(null),
                finding.severity().orElse(null),
                finding.score(),
                TAGS);
    }

    private static String name(String id) {
        return SarifRule.nameOf(id.replace('/', '-'));
    }
}
