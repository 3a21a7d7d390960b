package io.plimsoll.report;

import io.plimsoll.assessment.Finding;
import io.plimsoll.kernel.SubjectId;

/**
 * What a finding is about, whatever it says and wherever it stands: the same in two reports of the same estate. Empty where the
 * report has null.
 *
 * @param kind of the Kubernetes object, for instance {@code Deployment}
 */
public record FindingKey(String control, String cluster, String namespace, String kind, String name, String container) {

    public static FindingKey of(Finding finding) {
        SubjectId subject = finding.evidence().subject();
        return new FindingKey(
                finding.evidence().control(),
                subject.cluster(),
                subject.namespace(),
                subject.object(),
                subject.name(),
                subject.container());
    }
}
