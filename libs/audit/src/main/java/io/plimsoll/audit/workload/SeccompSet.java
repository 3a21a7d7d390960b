package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.Set;

/** Every container runs under a seccomp profile. One that names none may still get the kubelet's default. */
final class SeccompSet {

    static final Control CONTROL = PodControl.question(
            "seccomp-set",
            "Runs under a seccomp profile",
            Severity.LOW,
            "Set securityContext.seccompProfile.type: RuntimeDefault on the pod.",
            "L27.4");

    private static final Set<String> PROFILES = Set.of("RuntimeDefault", "Localhost");

    private SeccompSet() {}

    static Answer judge(Workload workload, PodFields pod) {
        if (pod.windows()) {
            return new Answer.NotAsked("Windows has no seccomp");
        }
        Answer weakest = new Answer.Good("every container runs under a seccomp profile");
        for (ContainerFields container : pod.containers()) {
            weakest = Answer.weaker(weakest, judge(pod, container));
        }
        return weakest;
    }

    private static Answer judge(PodFields pod, ContainerFields container) {
        Field profile = pod.effective(container, "seccompProfile");
        if (!profile.written()) {
            return new Answer.Unseen(
                    Reason.NEEDS_CONNECTOR, "the kubelet's default is not visible in manifests", profile.source());
        }
        Field type = profile.at("type");
        return PROFILES.contains(type.shown())
                ? new Answer.Good(container.title() + " runs under a seccomp profile")
                : Answer.wrong(
                        type,
                        container.title() + " runs without a seccomp profile;"
                                + " set securityContext.seccompProfile.type to RuntimeDefault");
    }
}
