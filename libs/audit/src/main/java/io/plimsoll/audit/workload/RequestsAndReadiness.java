package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kubernetes knows how much room it needs and when it can take traffic. */
final class RequestsAndReadiness {

    static final Control CONTROL = PodControl.question(
            "requests-and-readiness",
            "Requests cpu and memory and tells when it is ready",
            Severity.MEDIUM,
            "Set resources.requests.cpu and resources.requests.memory on each container, and a readinessProbe that asks "
                    + "the program itself on each container that declares a port.",
            "L27.2");

    private static final List<String> REQUESTED = List.of("cpu", "memory");
    private static final Pattern QUANTITY =
            Pattern.compile("\\+?([0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)([numkMGTPE]|[KMGTPE]i|[eE][-+]?[0-9]+)?");
    private static final Pattern NOT_ZERO = Pattern.compile("[1-9]");

    private RequestsAndReadiness() {}

    static Answer judge(Workload workload, PodFields pod) {
        if (!workload.longRunning()) {
            return new Answer.NotAsked("a " + workload.kind() + " runs to its end");
        }
        for (ContainerFields container : pod.mainContainers()) {
            for (String resource : REQUESTED) {
                if (!requested(container, resource)) {
                    return Answer.wrong(
                            container.at("resources", "requests", resource),
                            container.title() + " requests no " + resource + "; set resources.requests." + resource);
                }
            }
        }
        Optional<ContainerFields> unprobed = Probes.unprobed(pod, "readinessProbe");
        return unprobed.isPresent()
                ? Answer.wrong(
                        unprobed.get().at("readinessProbe"),
                        unprobed.get().title() + " has no probe that tells when it is ready; add a readinessProbe")
                : new Answer.Good("every container requests cpu and memory, and readiness is probed");
    }

    /** Where only a limit is written, Kubernetes requests as much. */
    private static boolean requested(ContainerFields container, String resource) {
        Field request = container.at("resources", "requests", resource);
        return aboveZero(request.written() ? request : container.at("resources", "limits", resource));
    }

    private static boolean aboveZero(Field quantity) {
        Matcher matcher = QUANTITY.matcher(quantity.text().orElse(""));
        return matcher.matches() && NOT_ZERO.matcher(matcher.group(1)).find();
    }
}
