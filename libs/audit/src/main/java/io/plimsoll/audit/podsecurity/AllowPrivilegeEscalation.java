package io.plimsoll.audit.podsecurity;

/** No process gains more rights than its parent has: the default allows it, so it must be written down. */
final class AllowPrivilegeEscalation {

    private AllowPrivilegeEscalation() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        if (pod.freedAsWindows(version)) {
            return;
        }
        for (ContainerFields container : pod.containers()) {
            Field allowed = container.securityContext().at("allowPrivilegeEscalation");
            if (!allowed.is(false)) {
                report.violation(
                        allowed,
                        container.title() + " may gain privileges;"
                                + " set securityContext.allowPrivilegeEscalation to false");
            }
        }
    }
}
