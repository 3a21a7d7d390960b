package io.plimsoll.audit.podsecurity;

/** Ports of the node are reached past every network policy. */
final class HostPorts {

    private HostPorts() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        for (ContainerFields container : pod.containers()) {
            for (Field port : container.at("ports").items()) {
                Field hostPort = port.at("hostPort");
                if (hostPort.written() && hostPort.value().integer().orElse(-1) != 0) {
                    report.violation(
                            hostPort,
                            container.title() + " listens on port " + hostPort.shown()
                                    + " of its node; remove hostPort and use a Service");
                }
            }
        }
    }
}
