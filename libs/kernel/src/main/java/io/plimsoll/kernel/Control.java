package io.plimsoll.kernel;

import java.util.List;

/**
 * One yes/no question that can be asked of one kind of subject.
 *
 * @param evidenceClass what the absence of an object means (stage-gates 2)
 * @param remediation what to do about a FAIL, as an instruction
 * @param sentences of the maturity article it serves, for instance {@code L27.4}
 */
public record Control(
        String id,
        String title,
        SubjectKind subject,
        EvidenceClass evidenceClass,
        Severity severity,
        String remediation,
        List<String> sentences) {

    public Control {
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("not a control id: " + id);
        }
        sentences = List.copyOf(sentences);
    }
}
