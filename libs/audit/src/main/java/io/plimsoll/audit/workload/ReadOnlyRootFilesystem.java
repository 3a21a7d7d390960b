package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;

/** Nothing that breaks in can change the programs it finds. */
final class ReadOnlyRootFilesystem {

    static final Control CONTROL = PodControl.question(
            "read-only-root-filesystem",
            "Cannot change its own image",
            Severity.MEDIUM,
            "Set securityContext.readOnlyRootFilesystem: true and mount an emptyDir where the program writes.",
            "L27.4");

    private ReadOnlyRootFilesystem() {}

    static Answer judge(Workload workload, PodFields pod) {
        if (pod.windows()) {
            return new Answer.NotAsked("Windows cannot mount the image read-only");
        }
        for (ContainerFields container : pod.containers()) {
            Field readOnly = container.securityContext().at("readOnlyRootFilesystem");
            if (!readOnly.is(true)) {
                return Answer.wrong(
                        readOnly,
                        container.title()
                                + " can write to its image; set securityContext.readOnlyRootFilesystem to true");
            }
        }
        return new Answer.Good("no container can write to its image");
    }
}
