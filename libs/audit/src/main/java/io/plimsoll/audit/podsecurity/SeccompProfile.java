package io.plimsoll.audit.podsecurity;

import java.util.Set;

/** Baseline does not switch seccomp off; restricted says which profile holds. The annotations of old are not read any more. */
final class SeccompProfile {

    private static final Set<String> ALLOWED = Set.of("RuntimeDefault", "Localhost");

    private SeccompProfile() {}

    static void baseline(PodFields pod, Version version, Family.Report report) {
        wrong(pod.securityContext(), "the pod", report);
        for (ContainerFields container : pod.containers()) {
            wrong(container.securityContext(), container.title(), report);
        }
    }

    static void restricted(PodFields pod, Version version, Family.Report report) {
        if (pod.windows()) {
            return;
        }
        baseline(pod, version, report);
        boolean inherited = allowed(pod.securityContext().at("seccompProfile"));
        for (ContainerFields container : pod.containers()) {
            Field profile = container.securityContext().at("seccompProfile");
            if (!profile.written() && !inherited) {
                report.violation(
                        profile.at("type"),
                        container.title() + " names no seccomp profile;"
                                + " set securityContext.seccompProfile.type to RuntimeDefault");
            }
        }
    }

    private static void wrong(Field securityContext, String who, Family.Report report) {
        Field profile = securityContext.at("seccompProfile");
        if (profile.written() && !allowed(profile)) {
            Field type = profile.at("type");
            report.violation(
                    type,
                    who + " runs without a seccomp profile;"
                            + " set securityContext.seccompProfile.type to RuntimeDefault");
        }
    }

    private static boolean allowed(Field profile) {
        return ALLOWED.contains(profile.at("type").shown());
    }
}
