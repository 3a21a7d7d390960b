package io.plimsoll.audit.podsecurity;

/** A HostProcess container is an administrator of its Windows node. */
final class WindowsHostProcess {

    private static final String[] HOST_PROCESS = {"windowsOptions", "hostProcess"};

    private WindowsHostProcess() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        judge(pod.securityContext().at(HOST_PROCESS), "the pod", report);
        for (ContainerFields container : pod.containers()) {
            judge(container.securityContext().at(HOST_PROCESS), container.title(), report);
        }
    }

    private static void judge(Field hostProcess, String who, Family.Report report) {
        if (hostProcess.written() && !hostProcess.is(false)) {
            report.violation(
                    hostProcess,
                    who + " runs as a process of the node; set securityContext.windowsOptions.hostProcess to false");
        }
    }
}
