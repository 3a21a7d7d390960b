package io.plimsoll.audit.podsecurity;

import java.util.List;

/** The node's own processes, network and memory stay the node's. */
final class HostNamespaces {

    private static final List<String> SHARED = List.of("hostPID", "hostNetwork", "hostIPC");

    private HostNamespaces() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        for (String key : SHARED) {
            Field shared = pod.spec().at(key);
            if (shared.written() && !shared.is(false)) {
                report.violation(shared, "the pod shares a namespace of its node; set " + key + " to false");
            }
        }
    }
}
