package io.plimsoll.audit.podsecurity;

import java.util.Set;

/** Baseline adds none beyond a runtime's own default; restricted drops ALL and may add NET_BIND_SERVICE back. */
final class Capabilities {

    private static final Set<String> HARMLESS = Set.of(
            "AUDIT_WRITE",
            "CHOWN",
            "DAC_OVERRIDE",
            "FOWNER",
            "FSETID",
            "KILL",
            "MKNOD",
            "NET_BIND_SERVICE",
            "SETFCAP",
            "SETGID",
            "SETPCAP",
            "SETUID",
            "SYS_CHROOT");

    private static final Set<String> RESTRICTED = Set.of("NET_BIND_SERVICE");

    private Capabilities() {}

    static void baseline(PodFields pod, Version version, Family.Report report) {
        for (ContainerFields container : pod.containers()) {
            addsOnly(HARMLESS, container, report);
        }
    }

    static void restricted(PodFields pod, Version version, Family.Report report) {
        if (pod.freedAsWindows(version)) {
            return;
        }
        for (ContainerFields container : pod.containers()) {
            Field drop = container.securityContext().at("capabilities", "drop");
            if (!drop.value().texts().contains("ALL")) {
                report.violation(
                        drop,
                        container.title() + " keeps capabilities; set securityContext.capabilities.drop to [ALL]");
            }
            addsOnly(RESTRICTED, container, report);
        }
    }

    private static void addsOnly(Set<String> allowed, ContainerFields container, Family.Report report) {
        for (Field added : container.securityContext().at("capabilities", "add").items()) {
            if (!allowed.contains(added.shown())) {
                report.violation(
                        added,
                        container.title() + " adds the capability " + added.shown()
                                + "; remove it from securityContext.capabilities.add");
            }
        }
    }
}
