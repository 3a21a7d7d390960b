package io.plimsoll.audit.workload;

import io.plimsoll.audit.podsecurity.ContainerFields;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Severity;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/** A pod is as strong as its weakest container: those beside the first may not ask for more than the first. */
final class SidecarNotWeaker {

    static final Control CONTROL = PodControl.question(
            "sidecar-not-weaker",
            "Has no container beside the first with more privileges",
            Severity.MEDIUM,
            "Give the containers beside the first the same security context as the first.",
            "L25.5");

    /** One respect in which a container is bound or not. */
    private record Bond(String[] path, String weakness, BiPredicate<PodFields, ContainerFields> holds) {}

    private static final List<Bond> BONDS = List.of(
            new Bond(new String[] {"privileged"}, "is privileged", (pod, container) -> {
                Field privileged = container.securityContext().at("privileged");
                return !privileged.written() || privileged.is(false);
            }),
            new Bond(
                    new String[] {"runAsNonRoot"},
                    "may run as root",
                    (pod, container) -> pod.effective(container, "runAsNonRoot").is(true)),
            new Bond(
                    new String[] {"allowPrivilegeEscalation"},
                    "may gain privileges",
                    (pod, container) -> container
                            .securityContext()
                            .at("allowPrivilegeEscalation")
                            .is(false)),
            new Bond(
                    new String[] {"capabilities", "drop"},
                    "keeps capabilities",
                    (pod, container) -> HardeningCore.dropsAll(container)));

    private SidecarNotWeaker() {}

    static Answer judge(Workload workload, PodFields pod) {
        List<ContainerFields> main = pod.mainContainers();
        List<ContainerFields> beside = Stream.concat(
                        main.stream().skip(1),
                        pod.containers().stream()
                                .filter(each -> each.container().sidecar()))
                .toList();
        if (main.isEmpty() || beside.isEmpty()) {
            return new Answer.NotAsked("there is no container beside the first");
        }
        ContainerFields first = main.getFirst();
        for (ContainerFields other : beside) {
            Optional<Answer> weaker = weaker(pod, first, other);
            if (weaker.isPresent()) {
                return weaker.get();
            }
        }
        return new Answer.Good("no container has more privileges than " + first.title());
    }

    private static Optional<Answer> weaker(PodFields pod, ContainerFields first, ContainerFields other) {
        for (Bond bond : BONDS) {
            if (bond.holds().test(pod, first) && !bond.holds().test(pod, other)) {
                return Optional.of(Answer.wrong(
                        pod.effective(other, bond.path()),
                        other.title() + " " + bond.weakness() + ", unlike " + first.title() + "; set securityContext."
                                + String.join(".", bond.path()) + " alike"));
            }
        }
        List<String> granted = added(first).value().texts();
        for (Field capability : added(other).items()) {
            if (!granted.contains(capability.shown())) {
                return Optional.of(Answer.wrong(
                        capability,
                        other.title() + " adds the capability " + capability.shown() + ", unlike " + first.title()
                                + "; remove it from securityContext.capabilities.add"));
            }
        }
        return Optional.empty();
    }

    private static Field added(ContainerFields container) {
        return container.securityContext().at("capabilities", "add");
    }
}
