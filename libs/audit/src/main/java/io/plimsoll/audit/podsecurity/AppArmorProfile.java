package io.plimsoll.audit.podsecurity;

import java.util.Set;

/** AppArmor is not switched off, neither by field nor by the annotation that was before it. */
final class AppArmorProfile {

    private static final Set<String> ALLOWED = Set.of("RuntimeDefault", "Localhost");
    private static final String ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

    private AppArmorProfile() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        field(pod.securityContext(), "the pod", report);
        for (ContainerFields container : pod.containers()) {
            field(container.securityContext(), container.title(), report);
        }
        annotations(pod.metadata().at("annotations"), report);
    }

    private static void field(Field securityContext, String who, Family.Report report) {
        Field profile = securityContext.at("appArmorProfile");
        if (profile.written() && !ALLOWED.contains(profile.at("type").shown())) {
            report.violation(
                    profile.at("type"),
                    who + " runs without AppArmor; set securityContext.appArmorProfile.type to RuntimeDefault");
        }
    }

    private static void annotations(Field annotations, Family.Report report) {
        for (String key : annotations.value().fields().keySet()) {
            if (key.startsWith(ANNOTATION)) {
                Field annotation = annotations.entry(key);
                if (!allowedAnnotation(annotation.shown())) {
                    report.violation(
                            annotation,
                            "container " + key.substring(ANNOTATION.length())
                                    + " runs without AppArmor; set the annotation to runtime/default");
                }
            }
        }
    }

    private static boolean allowedAnnotation(String profile) {
        return profile.isEmpty() || profile.equals("runtime/default") || profile.startsWith("localhost/");
    }
}
