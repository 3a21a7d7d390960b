package io.plimsoll.cli.assess;

import io.plimsoll.assessment.AssessmentResult;
import io.plimsoll.assessment.Coverage;
import io.plimsoll.assessment.Finding;
import io.plimsoll.assessment.scope.ScopeAssessment;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.kernel.Reason;
import io.plimsoll.maturity.adoption.Adoption;
import io.plimsoll.maturity.gate.ClauseResult;
import io.plimsoll.maturity.gate.GateResult;
import io.plimsoll.maturity.model.ScopeKind;
import java.util.List;
import java.util.Locale;

/** The answer for people: the ladder with the water line, what holds the next stage, the worst findings, what was not seen. */
final class TextReport {

    private static final int FINDINGS_SHOWN = 12;
    private static final int COVERAGE_SHOWN = 10;
    private static final String EXEMPTION = "exemption";
    private static final List<String> STAGES = List.of(
            "Learning about containers",
            "Officially sanctioned project",
            "One application in production",
            "Expansion",
            "Organisation-wide adoption");

    private final StringBuilder out = new StringBuilder();

    private TextReport() {}

    static String of(AssessmentResult result) {
        TextReport report = new TextReport();
        ScopeAssessment organisation = result.organisation();
        report.ladder(organisation);
        report.reasons(organisation);
        report.blockers(organisation);
        report.toProve(organisation);
        report.otherScopes(result);
        report.findings(result.findings());
        report.notSeen(result.coverage().stream()
                .filter(each -> !each.kind().equals(EXEMPTION))
                .toList());
        report.exemptions(result.coverage().stream()
                .filter(each -> each.kind().equals(EXEMPTION))
                .toList());
        report.line("");
        report.line("model " + result.model().id() + " " + result.model().version() + ", snapshot "
                + result.snapshot().substring(0, 12)
                + (result.asOf() == null ? ", no clock given" : ", as of " + result.asOf()));
        return report.out.toString();
    }

    private void ladder(ScopeAssessment scope) {
        int load = scope.adoption().band().low();
        line("Plimsoll: where the security stands, and where the load");
        line("");
        for (int stage = 5; stage >= 1; stage--) {
            String security = stage <= scope.security().low()
                    ? "#### proven  "
                    : stage <= scope.security().high() ? ".... possible" : "             ";
            String water = stage == load ? "~~~~ adoption " + scope.adoption().band() : "";
            line(String.format(Locale.ROOT, "  %d | %s | %-30s %s", stage, security, STAGES.get(stage - 1), water)
                    .stripTrailing());
        }
        line("");
        line("  S security   proven " + scope.security().low() + ", possible "
                + scope.security().high()
                + (scope.security().low() < scope.security().high() ? " (not yet proven)" : ""));
        line("  A adoption   shown " + scope.adoption().band().low() + ", possible "
                + scope.adoption().band().high());
        line("  freeboard    " + scope.freeboardLow() + " .. " + scope.freeboardHigh() + "    placement "
                + scope.placement());
    }

    private void reasons(ScopeAssessment scope) {
        if (!scope.adoption().reasons().isEmpty()) {
            heading("Why this adoption");
            for (Adoption.Reasoned reason : scope.adoption().reasons()) {
                line("  A" + reason.stage() + " " + (reason.shown() ? "shown   " : "possible") + "  " + reason.text());
            }
        }
    }

    private void blockers(ScopeAssessment scope) {
        int next = scope.security().high() + 1;
        List<GateResult> blockers = scope.gates().stream()
                .filter(g -> g.gate().stage() == next
                        && g.state() == EvidenceState.FAIL
                        && !g.gate().advice())
                .toList();
        if (blockers.isEmpty()) {
            return;
        }
        heading("What holds stage " + next);
        for (GateResult gate : blockers) {
            line("  " + pad(gate.gate().id()) + gate.gate().question() + "  " + ratios(gate) + "  (" + why(gate) + ")");
        }
    }

    private void toProve(ScopeAssessment scope) {
        int next = scope.security().low() + 1;
        List<GateResult> unknown = scope.gates().stream()
                .filter(g -> g.gate().stage() == next
                        && g.state() == EvidenceState.UNKNOWN
                        && !g.gate().advice())
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        heading("To prove stage " + next + ", settle");
        for (GateResult gate : unknown) {
            Reason reason = gate.reason();
            String by = gate.gate().settledBy().isEmpty() && reason != null
                    ? reason.settledBy()
                    : gate.gate().settledBy();
            line("  " + pad(gate.gate().id()) + gate.gate().question() + "  " + by);
        }
    }

    private void otherScopes(AssessmentResult result) {
        List<ScopeAssessment> others = result.scopes().stream()
                .filter(s ->
                        s.kind() == ScopeKind.TEAM || s.kind() == ScopeKind.CLUSTER || s.kind() == ScopeKind.NAMESPACE)
                .limit(20)
                .toList();
        if (others.size() > 1) {
            heading("By scope (A, S proven..possible)");
            for (ScopeAssessment scope : others) {
                line(String.format(
                        Locale.ROOT,
                        "  %-44s A %-5s S %s",
                        printable(scope.id()),
                        scope.adoption().band(),
                        scope.security()));
            }
        }
    }

    private void findings(List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        heading("Worst findings (" + Math.min(FINDINGS_SHOWN, findings.size()) + " of " + findings.size() + ")");
        for (Finding finding : findings.subList(0, Math.min(FINDINGS_SHOWN, findings.size()))) {
            boolean waived = finding.evidence().state() == EvidenceState.WAIVED;
            line("  "
                    + (waived
                            ? "waived (" + finding.control().severity().slug() + ")"
                            : finding.control().severity().slug())
                    + "  " + printable(finding.evidence().subject().toString()));
            line("      " + printable(finding.evidence().message()));
            if (!finding.evidence().source().file().isEmpty()) {
                line("      at " + printable(finding.evidence().source().toString())
                        + (finding.evidence().path().isEmpty()
                                ? ""
                                : "  " + finding.evidence().path()));
            }
            line("      do " + finding.control().remediation());
        }
    }

    private void notSeen(List<Coverage> coverage) {
        heading("What could not be seen");
        line("  Registries, scans, people, response and compliance live outside manifests: see the gates to settle.");
        for (Coverage each : coverage.subList(0, Math.min(COVERAGE_SHOWN, coverage.size()))) {
            line("  " + each.kind() + "  " + printable(each.source().toString()) + "  " + printable(each.text()));
        }
        if (coverage.size() > COVERAGE_SHOWN) {
            line("  ... and " + (coverage.size() - COVERAGE_SHOWN) + " more (--format json lists all)");
        }
    }

    /** Parts of the platform that break the Pod Security baseline as their component is known to need. */
    private void exemptions(List<Coverage> exemptions) {
        if (exemptions.isEmpty()) {
            return;
        }
        heading("Exempt, as its component needs (" + Math.min(COVERAGE_SHOWN, exemptions.size()) + " of "
                + exemptions.size() + ")");
        for (Coverage each : exemptions.subList(0, Math.min(COVERAGE_SHOWN, exemptions.size()))) {
            line("  " + printable(each.source().toString()) + "  " + printable(each.text()));
        }
    }

    private static String ratios(GateResult gate) {
        StringBuilder text = new StringBuilder();
        for (ClauseResult clause : gate.clauses()) {
            if (clause.state() == gate.state()) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(clause.counts().pass() + clause.counts().waived())
                        .append('/')
                        .append(clause.counts().asked());
            }
        }
        return text.toString();
    }

    private static String why(GateResult gate) {
        Reason reason = gate.reason();
        return reason == Reason.ABSENT_FROM_INPUT
                ? "not among the files given"
                : reason == null ? "" : reason.slug().replace('-', ' ');
    }

    private static String pad(String id) {
        return String.format(Locale.ROOT, "%-14s", id);
    }

    /** Names come from other people's files: no control characters reach a terminal. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }

    private void heading(String text) {
        line("");
        line(text);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
