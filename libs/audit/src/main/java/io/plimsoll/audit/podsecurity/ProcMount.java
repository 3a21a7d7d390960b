package io.plimsoll.audit.podsecurity;

/** The masks over /proc stay on. */
final class ProcMount {

    private ProcMount() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        for (ContainerFields container : pod.containers()) {
            Field procMount = container.securityContext().at("procMount");
            if (procMount.written() && !procMount.shown().equals("Default")) {
                report.violation(
                        procMount, container.title() + " takes the masks off /proc; remove securityContext.procMount");
            }
        }
    }
}
