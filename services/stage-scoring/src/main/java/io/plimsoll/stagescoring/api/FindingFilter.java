package io.plimsoll.stagescoring.api;

import com.google.protobuf.Timestamp;
import io.plimsoll.api.findings.v1.FindingStatus;
import io.plimsoll.api.findings.v1.ListFindingHistoryRequest;
import io.plimsoll.api.findings.v1.ListFindingsRequest;
import io.plimsoll.api.kernel.v1.Severity;
import io.plimsoll.problem.Problem;
import io.plimsoll.problem.ProblemException;
import io.plimsoll.stagescoring.api.Sight.Condition;

/** What is asked of findings, as conditions on their rows, today's and those over time. */
final class FindingFilter {

    private FindingFilter() {}

    static Condition of(ListFindingsRequest request) {
        Condition lives = Condition.TRUE;
        if (request.hasFirstSeenSince()) {
            lives = lives.and(since(request.getFirstSeenSince()));
        }
        if (request.hasFirstSeenUntil()) {
            lives = lives.and(until(request.getFirstSeenUntil()));
        }
        Condition rows = rows(request.getControl(), request.getSeverityAtLeastValue(), request.getIncludeWaived());
        return lives.sql().isEmpty()
                ? rows
                : rows.and(new Condition(
                        "exists (select 1 from finding_life l where l.cluster = finding.cluster and l.identity = finding.identity"
                                + " and " + lives.sql() + ")",
                        lives.values()));
    }

    static Condition of(ListFindingHistoryRequest request) {
        Condition lives = rows(request.getControl(), request.getSeverityAtLeastValue(), request.getIncludeWaived());
        lives = switch (request.getStatus()) {
            case FINDING_STATUS_OPEN -> lives.and(Condition.of("resolved_at is null"));
            case FINDING_STATUS_RESOLVED -> lives.and(Condition.of("resolved_at is not null"));
            case FINDING_STATUS_UNSPECIFIED -> lives;
            case UNRECOGNIZED -> throw unknown(request.getStatusValue());
        };
        if (request.hasFirstSeenSince()) {
            lives = lives.and(since(request.getFirstSeenSince()));
        }
        return request.hasFirstSeenUntil() ? lives.and(until(request.getFirstSeenUntil())) : lives;
    }

    private static Condition rows(String control, int severityAtLeast, boolean includeWaived) {
        Condition condition = control.isEmpty() ? Condition.TRUE : Condition.of("control = ?", control);
        if (severityAtLeast != Severity.SEVERITY_UNSPECIFIED_VALUE) {
            // Both begin with the worst; the contract has one more in front.
            condition = condition.and(Condition.of("severity <= ?", severityAtLeast - 1));
        }
        return includeWaived ? condition : condition.and(Condition.of("not waived"));
    }

    private static Condition since(Timestamp time) {
        return Condition.of("first_seen >= ?", Moments.instant("first_seen_since", time));
    }

    private static Condition until(Timestamp time) {
        return Condition.of("first_seen < ?", Moments.instant("first_seen_until", time));
    }

    private static ProblemException unknown(int status) {
        return new ProblemException(
                        Problem.MALFORMED,
                        "no status of a finding: " + status + "; it is " + FindingStatus.FINDING_STATUS_OPEN + " or "
                                + FindingStatus.FINDING_STATUS_RESOLVED)
                .at("status");
    }
}
