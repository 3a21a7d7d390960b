package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Violation;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;

/**
 * The substance of restricted: no root, no gain of privileges, no capabilities, nothing that breaks the baseline. Seccomp is
 * not in it, because the kubelet may set a profile that no manifest shows.
 */
final class HardeningCore {

    static final Control CONTROL = PodControl.question(
            "hardening-core",
            "Runs without root, privilege escalation and capabilities",
            Severity.MEDIUM,
            "Set runAsNonRoot: true, allowPrivilegeEscalation: false and capabilities.drop: [ALL] on each container, "
                    + "and mend what breaks the baseline.",
            "L29.4",
            "L31.4");

    private HardeningCore() {}

    static Answer judge(Workload workload, PodFields pod) {
        List<Violation> violations = PodSecurity.evaluate(pod, Level.BASELINE, PodStandards.VERSION);
        if (!violations.isEmpty()) {
            Violation first = violations.getFirst();
            return new Answer.Wrong(first.path(), first.value(), first.message(), first.source());
        }
        for (ContainerFields container : pod.containers()) {
            Field nonRoot = pod.effective(container, "runAsNonRoot");
            if (!nonRoot.is(true)) {
                return Answer.wrong(
                        nonRoot, container.title() + " may run as root; set securityContext.runAsNonRoot to true");
            }
            if (!pod.windows()) {
                Field escalation = container.securityContext().at("allowPrivilegeEscalation");
                if (!escalation.is(false)) {
                    return Answer.wrong(
                            escalation,
                            container.title()
                                    + " may gain privileges; set securityContext.allowPrivilegeEscalation to false");
                }
                if (!dropsAll(container)) {
                    return Answer.wrong(
                            container.securityContext().at("capabilities", "drop"),
                            container.title() + " keeps capabilities; set securityContext.capabilities.drop to [ALL]");
                }
            }
        }
        return new Answer.Good("no container runs as root, gains privileges or keeps capabilities");
    }

    /** Container runtimes read the word in any letter case. */
    static boolean dropsAll(ContainerFields container) {
        return container.securityContext().at("capabilities", "drop").value().texts().stream()
                .anyMatch("ALL"::equalsIgnoreCase);
    }
}
