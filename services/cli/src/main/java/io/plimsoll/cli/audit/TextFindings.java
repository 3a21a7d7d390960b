package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For people: what fails, by control, worst first, then the counts. */
final class TextFindings implements Findings {

    /** Findings shown of one control; the rest is counted. */
    private static final int SHOWN_MAX = 20;

    private final Writer out;
    private final List<CatalogueControl> controls;
    private final Map<String, List<Finding>> failed = new LinkedHashMap<>();

    TextFindings(Writer out, List<CatalogueControl> controls) {
        this.out = out;
        this.controls = controls;
    }

    @Override
    public void finding(Finding finding) {
        if (finding.state() == EvidenceState.FAIL) {
            List<Finding> shown = failed.computeIfAbsent(finding.control().id(), id -> new ArrayList<>());
            if (shown.size() < SHOWN_MAX) {
                shown.add(finding);
            }
        }
    }

    @Override
    public void end(AuditSummary summary) throws IOException {
        List<CatalogueControl> worstFirst = controls.stream()
                .filter(control -> failed.containsKey(control.id()))
                .sorted(Comparator.comparing(CatalogueControl::severity))
                .toList();
        for (CatalogueControl control : worstFirst) {
            int count = summary.count(control.id(), EvidenceState.FAIL);
            line(control.id() + "  " + control.severity().slug() + "  " + control.title() + " (" + count + ")");
            for (Finding finding : failed.getOrDefault(control.id(), List.of())) {
                line("  " + finding.object() + "  " + finding.source());
                line("    " + finding.message());
            }
            if (count > SHOWN_MAX) {
                line("  and " + (count - SHOWN_MAX) + " more");
            }
            line("  What to do: " + control.remediation());
            line("");
        }
        summary.coverage().stream()
                .filter(each -> each.kind().equals("document"))
                .forEach(each -> write("Not read: " + each.source() + ": " + each.text() + "\n"));
        line(summary.objects() + " objects, " + controls.size() + " controls: " + summary.count(EvidenceState.FAIL)
                + " FAIL" + severities(summary) + ", " + summary.count(EvidenceState.PASS) + " PASS, "
                + summary.count(EvidenceState.UNKNOWN) + " UNKNOWN, " + summary.count(EvidenceState.NOT_APPLICABLE)
                + " NOT_APPLICABLE");
        out.flush();
    }

    private static String severities(AuditSummary summary) {
        List<String> parts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            if (summary.failures(severity) > 0) {
                parts.add(summary.failures(severity) + " " + severity.slug());
            }
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write("\n");
    }

    private void write(String text) {
        try {
            out.write(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
