package io.plimsoll.audit.podsecurity;

import java.util.List;

/** A probe or hook that names a host makes the kubelet call where the pod cannot. Asked since 1.34. */
final class HostProbes {

    private static final List<String[]> CALLERS = List.of(
            new String[] {"livenessProbe"},
            new String[] {"readinessProbe"},
            new String[] {"startupProbe"},
            new String[] {"lifecycle", "postStart"},
            new String[] {"lifecycle", "preStop"});

    private static final List<String> CALLS = List.of("httpGet", "tcpSocket");

    private HostProbes() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        for (ContainerFields container : pod.containers()) {
            for (String[] caller : CALLERS) {
                for (String call : CALLS) {
                    Field host = container.at(caller).at(call, "host");
                    if (host.written() && !host.shown().isEmpty()) {
                        report.violation(
                                host,
                                container.title() + " has the kubelet call the host " + host.shown() + "; remove "
                                        + String.join(".", caller) + "." + call + ".host");
                    }
                }
            }
        }
    }
}
