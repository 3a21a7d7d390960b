package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Optional;

/** Which containers are to be probed, and whether a probe tests anything. */
final class Probes {

    private static final List<String> CALLS = List.of("httpGet", "tcpSocket", "grpc");

    private Probes() {}

    /**
     * The first main container that misses the probe: each that declares a port is to have it, and where none declares one,
     * any one of them.
     *
     * @param probe its key, for instance {@code readinessProbe}
     */
    static Optional<ContainerFields> unprobed(PodFields pod, String probe) {
        List<ContainerFields> containers = pod.mainContainers();
        List<ContainerFields> listening = containers.stream()
                .filter(each -> !each.at("ports").items().isEmpty())
                .toList();
        if (listening.isEmpty() && containers.stream().anyMatch(each -> tests(each.at(probe)))) {
            return Optional.empty();
        }
        return (listening.isEmpty() ? containers : listening)
                .stream().filter(each -> !tests(each.at(probe))).findFirst();
    }

    /** True when the answer depends on the program: a command that always succeeds tests nothing. */
    private static boolean tests(Field probe) {
        for (String call : CALLS) {
            if (probe.at(call).value() instanceof Value.Obj) {
                return true;
            }
        }
        List<String> command = probe.at("exec", "command").value().texts();
        return !command.isEmpty() && !new ProbeCommand(command).trivial();
    }
}
