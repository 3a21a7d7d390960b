package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;

/** No folder or socket of the node that gives the node away. */
final class HostPathSensitive {

    static final Control CONTROL = PodControl.question(
            "host-path-sensitive",
            "Holds nothing that gives its node away",
            Severity.CRITICAL,
            "Remove the hostPath volume; what needs the node itself belongs to the platform.",
            "L27.4");

    private HostPathSensitive() {}

    static Answer judge(Workload workload, PodFields pod) {
        for (Field volume : pod.spec().at("volumes").items()) {
            Field path = volume.at("hostPath", "path");
            NodePath node = new NodePath(path.text().orElse(""));
            if (node.sensitive()) {
                return Answer.wrong(
                        path,
                        "volume " + volume.value().text("name") + " hands over " + node.raw()
                                + " of the node; remove it or mount only what is needed");
            }
        }
        return new Answer.Good("no sensitive folder or socket of the node is mounted");
    }
}
