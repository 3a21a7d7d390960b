package io.plimsoll.cli.audit;

import io.plimsoll.audit.control.Finding;
import java.io.IOException;

/** Writes findings in one form as they come, in the order of objects; bounded memory where the form allows it. */
interface Findings {

    void finding(Finding finding) throws IOException;

    /** After the last finding. */
    void end(AuditSummary summary) throws IOException;
}
