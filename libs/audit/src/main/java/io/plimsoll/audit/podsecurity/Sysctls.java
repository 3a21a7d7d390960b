package io.plimsoll.audit.podsecurity;

import java.util.List;
import java.util.Map;

/** Kernel parameters that stay inside the pod, each with the minor version since which it counts as safe. */
final class Sysctls {

    private static final Map<String, Integer> SAFE_SINCE = Map.ofEntries(
            Map.entry("kernel.shm_rmid_forced", 0),
            Map.entry("net.ipv4.ip_local_port_range", 0),
            Map.entry("net.ipv4.tcp_syncookies", 0),
            Map.entry("net.ipv4.ping_group_range", 0),
            Map.entry("net.ipv4.ip_unprivileged_port_start", 0),
            Map.entry("net.ipv4.ip_local_reserved_ports", 27),
            Map.entry("net.ipv4.tcp_keepalive_time", 29),
            Map.entry("net.ipv4.tcp_fin_timeout", 29),
            Map.entry("net.ipv4.tcp_keepalive_intvl", 29),
            Map.entry("net.ipv4.tcp_keepalive_probes", 29),
            Map.entry("net.ipv4.tcp_rmem", 32),
            Map.entry("net.ipv4.tcp_wmem", 32),
            Map.entry("net.ipv4.tcp_slow_start_after_idle", 37),
            Map.entry("net.ipv4.tcp_notsent_lowat", 37));

    private Sysctls() {}

    static List<String> safe(Version version) {
        return SAFE_SINCE.entrySet().stream()
                .filter(sysctl -> version.atLeast(sysctl.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    static void check(PodFields pod, Version version, Family.Report report) {
        for (Field sysctl : pod.securityContext().at("sysctls").items()) {
            Field name = sysctl.at("name");
            if (!version.atLeast(SAFE_SINCE.getOrDefault(name.shown(), Integer.MAX_VALUE))) {
                report.violation(
                        name,
                        "the pod sets the kernel parameter " + name.shown()
                                + "; remove it from securityContext.sysctls");
            }
        }
    }
}
