package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.Optional;

/** A program that hangs is noticed and restarted. */
final class LivenessProbe {

    static final Control CONTROL = PodControl.question(
            "liveness-probe",
            "Is restarted when it hangs",
            Severity.LOW,
            "Add a livenessProbe that asks the program itself, and none of the services it depends on.",
            "L27.2");

    private LivenessProbe() {}

    static Answer judge(Workload workload, PodFields pod) {
        if (!workload.longRunning()) {
            return new Answer.NotAsked("a " + workload.kind() + " runs to its end");
        }
        Optional<ContainerFields> unprobed = Probes.unprobed(pod, "livenessProbe");
        return unprobed.isPresent()
                ? Answer.wrong(
                        unprobed.get().at("livenessProbe"),
                        unprobed.get().title() + " has no probe that tells when it hangs; add a livenessProbe")
                : new Answer.Good("liveness is probed");
    }
}
