package io.plimsoll.audit.podsecurity;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** SELinux confines as for every container: no user or role of one's own, and only the types of containers. */
final class SeLinuxOptions {

    private static final Set<String> TYPES = Set.of("", "container_t", "container_init_t", "container_kvm_t");
    private static final Set<String> TYPES_SINCE_1_31 = and(TYPES, "container_engine_t");

    private SeLinuxOptions() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        Set<String> types = version.atLeast(31) ? TYPES_SINCE_1_31 : TYPES;
        judge(pod.securityContext(), "the pod", types, report);
        for (ContainerFields container : pod.containers()) {
            judge(container.securityContext(), container.title(), types, report);
        }
    }

    private static void judge(Field securityContext, String who, Set<String> types, Family.Report report) {
        Field options = securityContext.at("seLinuxOptions");
        Field type = options.at("type");
        if (!types.contains(type.shown())) {
            report.violation(type, who + " leaves the SELinux types of containers; remove seLinuxOptions.type");
        }
        for (String key : List.of("user", "role")) {
            Field own = options.at(key);
            if (!own.shown().isEmpty()) {
                report.violation(own, who + " sets an SELinux " + key + "; remove seLinuxOptions." + key);
            }
        }
    }

    private static Set<String> and(Set<String> types, String more) {
        Set<String> all = new HashSet<>(types);
        all.add(more);
        return Set.copyOf(all);
    }
}
