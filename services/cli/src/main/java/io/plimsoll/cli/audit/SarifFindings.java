package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.CatalogueControl;
import io.plimsoll.audit.control.Finding;
import io.plimsoll.kernel.EvidenceState;
import io.plimsoll.report.sarif.SarifLog;
import io.plimsoll.report.sarif.SarifResult;
import io.plimsoll.report.sarif.SarifRule;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SARIF 2.1.0: a result for each FAIL, and an open one for each UNKNOWN. */
final class SarifFindings implements Findings {

    private final SarifLog log;

    SarifFindings(Writer out, List<CatalogueControl> controls) throws IOException {
        log = new SarifLog(out, controls.stream().map(SarifFindings::rule).toList());
    }

    private static SarifRule rule(CatalogueControl control) {
        return new SarifRule(
                control.id(),
                SarifRule.nameOf(control.id()),
                control.title(),
                control.rationale(),
                control.remediation(),
                control.severity(),
                List.of("security", "stage-" + control.stage()));
    }

    @Override
    public void finding(Finding finding) throws IOException {
        boolean waived = finding.state() == EvidenceState.WAIVED;
        boolean fail = finding.state() == EvidenceState.FAIL || waived;
        if (!fail && finding.state() != EvidenceState.UNKNOWN) {
            return;
        }
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("container", finding.container());
        properties.put("path", finding.path());
        log.result(new SarifResult(
                finding.control().id(),
                fail ? SarifResult.Kind.FAIL : SarifResult.Kind.OPEN,
                finding.object() + ": " + finding.message(),
                finding.source(),
                finding.object() + (finding.container().isEmpty() ? "" : "/" + finding.container()),
                finding.container().isEmpty() ? finding.object().kind() : "Container",
                waived ? finding.message() : null,
                null,
                properties));
    }

    @Override
    public void end(AuditSummary summary) throws IOException {
        log.end(json -> {});
    }
}
