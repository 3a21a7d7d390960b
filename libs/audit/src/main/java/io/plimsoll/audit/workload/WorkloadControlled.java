package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;

/** Something restarts and rolls it: it is no bare pod. */
final class WorkloadControlled {

    static final Control CONTROL = PodControl.question(
            "workload-controlled",
            "Is restarted and rolled by a controller",
            Severity.MEDIUM,
            "Put the pod into a Deployment, StatefulSet, DaemonSet or Job.",
            "L25.5");

    private WorkloadControlled() {}

    static Answer judge(Workload workload, PodFields pod) {
        return workload.controlled()
                ? new Answer.Good("a " + workload.kind() + " restarts and rolls its pods")
                : new Answer.Wrong(
                        "metadata.ownerReferences",
                        "",
                        "nothing restarts or rolls the pod " + workload.name()
                                + "; put it into a Deployment, StatefulSet, DaemonSet or Job",
                        workload.source());
    }
}
