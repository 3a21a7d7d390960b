package io.plimsoll.audit.podsecurity;

import java.util.Set;

/** Storage comes from the cluster, not from a server or disk the pod names. */
final class RestrictedVolumes {

    private static final Set<String> ALLOWED = Set.of(
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "image",
            "persistentVolumeClaim",
            "projected",
            "secret");

    private RestrictedVolumes() {}

    /** A volume that names no type is an emptyDir; a type nobody knows is not allowed. */
    static void check(PodFields pod, Version version, Family.Report report) {
        for (Field volume : pod.spec().at("volumes").items()) {
            for (String type : volume.value().fields().keySet()) {
                Field source = volume.at(type);
                if (!type.equals("name") && !ALLOWED.contains(type) && source.written()) {
                    report.violation(
                            source,
                            "volume " + volume.value().text("name") + " is of the type " + type
                                    + "; use a persistentVolumeClaim");
                }
            }
        }
    }
}
