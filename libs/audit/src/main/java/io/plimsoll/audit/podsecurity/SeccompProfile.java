package io.plimsoll.audit.podsecurity;

import java.util.Set;

/** Baseline does not switch seccomp off; restricted says which profile holds. Before 1.19 annotations said it, since then fields. */
final class SeccompProfile {

    private static final Set<String> ALLOWED = Set.of("RuntimeDefault", "Localhost");
    private static final int FIELDS = 19;
    private static final String OF_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String OF_CONTAINER = "container.seccomp.security.alpha.kubernetes.io/";

    private SeccompProfile() {}

    static void baseline(PodFields pod, Version version, Family.Report report) {
        if (!version.atLeast(FIELDS)) {
            annotations(pod, report);
            return;
        }
        wrong(pod.securityContext(), "the pod", report);
        for (ContainerFields container : pod.containers()) {
            wrong(container.securityContext(), container.title(), report);
        }
    }

    static void restricted(PodFields pod, Version version, Family.Report report) {
        if (pod.freedAsWindows(version)) {
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

    private static void annotations(PodFields pod, Family.Report report) {
        Field annotations = pod.metadata().at("annotations");
        annotation(annotations.entry(OF_POD), "the pod", report);
        for (ContainerFields container : pod.containers()) {
            annotation(annotations.entry(OF_CONTAINER + container.container().name()), container.title(), report);
        }
    }

    private static void annotation(Field annotation, String who, Family.Report report) {
        String profile = annotation.shown();
        boolean allowed = profile.equals("runtime/default")
                || profile.equals("docker/default")
                || profile.startsWith("localhost/");
        if (annotation.written() && !allowed) {
            report.violation(
                    annotation, who + " runs without a seccomp profile; set the annotation to runtime/default");
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
