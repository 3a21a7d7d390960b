package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.EvidenceClass;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;

/** One control and how it judges one pod specification of a workload. */
record PodControl(Control control, Judge judge) {

    /** Pure; never fails on odd shapes. */
    @FunctionalInterface
    interface Judge {
        Answer judge(Workload workload, PodFields pod);
    }

    /** A control that looks at containers: where none can be seen, nothing is good. */
    static PodControl ofContainers(Control control, Judge judge) {
        return new PodControl(control, (workload, pod) -> {
            Answer answer = judge.judge(workload, pod);
            return answer instanceof Answer.Good && pod.mainContainers().isEmpty()
                    ? new Answer.Unseen(
                            Reason.PARTIAL_ANALYSIS,
                            "no container of " + workload.id() + " is in the input",
                            pod.spec().source())
                    : answer;
        });
    }

    /** A question about one workload that its own fields answer. */
    static Control question(String id, String title, Severity severity, String remediation, String... sentences) {
        return new Control(
                id, title, SubjectKind.WORKLOAD, EvidenceClass.INTRINSIC, severity, remediation, List.of(sentences));
    }

    /** The weakest of all pod specifications decides. */
    Answer answer(Workload workload, List<PodFields> pods) {
        Answer weakest = judge.judge(workload, pods.getFirst());
        for (PodFields pod : pods.subList(1, pods.size())) {
            weakest = Answer.weaker(weakest, judge.judge(workload, pod));
        }
        return weakest;
    }
}
