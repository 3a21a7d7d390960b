package io.plimsoll.audit.podsecurity;

/** Nobody asks to be user 0; since 1.23. */
final class RunAsUser {

    private RunAsUser() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        if (pod.freedByUserNamespace(version)) {
            return;
        }
        judge(pod.securityContext(), "the pod", report);
        for (ContainerFields container : pod.containers()) {
            judge(container.securityContext(), container.title(), report);
        }
    }

    private static void judge(Field securityContext, String who, Family.Report report) {
        Field user = securityContext.at("runAsUser");
        if (user.written() && user.value().integer().orElse(0) == 0) {
            report.violation(user, who + " runs as root; set securityContext.runAsUser to another number than 0");
        }
    }
}
