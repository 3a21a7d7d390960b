package io.plimsoll.audit.podsecurity;

/** A privileged container is root on its node. */
final class Privileged {

    private Privileged() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        for (ContainerFields container : pod.containers()) {
            Field privileged = container.securityContext().at("privileged");
            if (privileged.written() && !privileged.is(false)) {
                report.violation(
                        privileged, container.title() + " is privileged; set securityContext.privileged to false");
            }
        }
    }
}
