package io.plimsoll.audit.podsecurity;

/** The masks over /proc stay on; since 1.35 baseline lets pods in a user namespace take them off, and restricted does not. */
final class ProcMount {

    private ProcMount() {}

    static void baseline(PodFields pod, Version version, Family.Report report) {
        if (!pod.freedByUserNamespace(version)) {
            restricted(pod, version, report);
        }
    }

    static void restricted(PodFields pod, Version version, Family.Report report) {
        for (ContainerFields container : pod.containers()) {
            Field procMount = container.securityContext().at("procMount");
            if (procMount.written() && !procMount.shown().equals("Default")) {
                report.violation(
                        procMount, container.title() + " takes the masks off /proc; remove securityContext.procMount");
            }
        }
    }
}
