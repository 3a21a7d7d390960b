package io.plimsoll.audit.podsecurity;

/** Root is ruled out for every container, by the pod or by the container, and ruled in by neither. */
final class RunAsNonRoot {

    private static final String FIX = "; set securityContext.runAsNonRoot to true";

    private RunAsNonRoot() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        if (pod.freedByUserNamespace(version)) {
            return;
        }
        Field ofPod = pod.securityContext().at("runAsNonRoot");
        if (ofPod.written() && !ofPod.is(true)) {
            report.violation(ofPod, "the pod allows root" + FIX);
        }
        for (ContainerFields container : pod.containers()) {
            Field own = container.securityContext().at("runAsNonRoot");
            if (own.written() ? !own.is(true) : !ofPod.is(true)) {
                report.violation(own, container.title() + " may run as root" + FIX);
            }
        }
    }
}
