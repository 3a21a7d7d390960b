package io.plimsoll.cli.audit;

import io.plimsoll.assessment.Coverage;
import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.audit.framework.ScopedReports;
import io.plimsoll.audit.tool.Tool;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For people: what fails, by control, worst first, then the counts. */
final class TextFindings implements Findings {

    /** Findings shown of one control; the rest is counted. */
    private static final int SHOWN_MAX = 20;

    private final Writer out;
    private final List<CatalogueControl> controls;
    private final Map<String, List<Finding>> failed = new LinkedHashMap<>();
    private final List<Finding> waived = new ArrayList<>();

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
        } else if (finding.state() == EvidenceState.WAIVED && waived.size() < SHOWN_MAX) {
            waived.add(finding);
        }
    }

    @Override
    public void end(AuditSummary summary) throws IOException {
        ResponsibilityTable.text(summary.managed(), out);
        ScopedReports framework = summary.framework();
        if (framework != null) {
            FrameworkTable.write(framework, out);
        }
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
        waived(summary.count(EvidenceState.WAIVED));
        earlier(summary.earlier());
        List<Tool> tools = summary.tools();
        if (tools != null) {
            ToolReport.text(tools, out);
            OwnershipReport.text(summary.tracked(), out);
        }
        summary.coverage().stream()
                .filter(each -> each.kind().equals("document") || each.kind().equals("declaration"))
                .forEach(each -> write((each.kind().equals("document") ? "Not read: " : "Declared: ") + each.source()
                        + ": " + each.text() + "\n"));
        notices(summary.coverage());
        line(summary.objects() + " objects, " + controls.size() + " controls: " + summary.count(EvidenceState.FAIL)
                + " FAIL" + severities(summary) + ", " + summary.count(EvidenceState.PASS) + " PASS, "
                + summary.count(EvidenceState.UNKNOWN) + " UNKNOWN, " + summary.count(EvidenceState.NOT_APPLICABLE)
                + " NOT_APPLICABLE"
                + (summary.count(EvidenceState.WAIVED) == 0
                        ? ""
                        : ", " + summary.count(EvidenceState.WAIVED) + " WAIVED"));
        out.flush();
    }

    /** What was read otherwise than its author may think. */
    private void notices(List<Coverage> coverage) throws IOException {
        List<Coverage> notices =
                coverage.stream().filter(each -> each.kind().equals("notice")).toList();
        for (Coverage each : notices.stream().limit(SHOWN_MAX).toList()) {
            line("Note: " + each.source() + ": " + each.text());
        }
        if (notices.size() > SHOWN_MAX) {
            line("and " + (notices.size() - SHOWN_MAX) + " more notes");
        }
    }

    private void waived(int count) throws IOException {
        if (count > 0) {
            line("Waived (" + count + ")");
            for (Finding finding : waived) {
                line("  " + finding.control().id() + "  " + finding.object() + "  " + finding.source());
                line("    " + finding.message());
            }
            if (count > SHOWN_MAX) {
                line("  and " + (count - SHOWN_MAX) + " more");
            }
            line("");
        }
    }

    private void earlier(@Nullable EarlierFindings earlier) throws IOException {
        if (earlier != null) {
            line("Since the earlier report: " + earlier.fresh().size() + " new, "
                    + earlier.gone().size() + " gone, " + earlier.before() + " as before");
            list("new", earlier.fresh());
            list("gone", earlier.gone());
            line("");
        }
    }

    private void list(String word, Collection<String> findings) throws IOException {
        for (String each : findings.stream().limit(SHOWN_MAX).toList()) {
            line("  " + word + "  " + each);
        }
        if (findings.size() > SHOWN_MAX) {
            line("  and " + (findings.size() - SHOWN_MAX) + " more " + word);
        }
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
