package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.audit.podsecurity.Violation;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;
import java.util.stream.Collectors;

/** The Pod Security Standards as two controls: the first violation is shown in full, all broken families are named. */
final class PodStandards {

    /** The version of the standards all clusters are judged by, so that they can be compared. */
    static final Version VERSION = Version.V1_33;

    static final Control BASELINE = PodControl.question(
            "pod-security-baseline",
            "Meets the Pod Security baseline",
            Severity.HIGH,
            "Remove the fields that break the baseline, or move what needs them to a component of the platform.",
            "L27.4");

    static final Control RESTRICTED = PodControl.question(
            "pod-security-restricted",
            "Meets the Pod Security level restricted",
            Severity.MEDIUM,
            "Set the fields that the level restricted asks for on the pod and on each container.",
            "L27.4");

    private PodStandards() {}

    static Answer baseline(Workload workload, PodFields pod) {
        return judge(pod, Level.BASELINE, "the Pod Security baseline");
    }

    static Answer restricted(Workload workload, PodFields pod) {
        return judge(pod, Level.RESTRICTED, "the Pod Security level restricted");
    }

    private static Answer judge(PodFields pod, Level level, String name) {
        List<Violation> violations = PodSecurity.evaluate(pod, level, VERSION);
        if (violations.isEmpty()) {
            return new Answer.Good("every pod meets " + name + " of " + VERSION);
        }
        String families = violations.stream().map(Violation::family).distinct().collect(Collectors.joining(", "));
        Violation first = violations.getFirst();
        return new Answer.Wrong(
                first.path(), first.value(), first.message() + "; breaks " + name + " in: " + families, first.source());
    }
}
