package io.plimsoll.audit.podsecurity;

/** Folders of the node stay out of pods. */
final class HostPathVolumes {

    private HostPathVolumes() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        for (Field volume : pod.spec().at("volumes").items()) {
            Field hostPath = volume.at("hostPath");
            if (hostPath.written()) {
                Field path = hostPath.at("path");
                report.violation(
                        path.written() ? path : hostPath,
                        "volume " + volume.value().text("name")
                                + " is a folder of the node; use a persistentVolumeClaim, emptyDir or configMap");
            }
        }
    }
}
