package io.plimsoll.audit.podsecurity;

import io.plimsoll.kubernetes.value.Value;
import java.util.List;

/** What has a shape that hides the fields other families ask for, and would make them pass unseen. */
final class Unreadable {

    private static final List<String> CONTAINER_LISTS = List.of("containers", "initContainers", "ephemeralContainers");

    private Unreadable() {}

    static void check(PodFields pod, Version version, Family.Report report) {
        mapping(pod.spec(), report);
        mapping(pod.metadata().at("annotations"), report);
        for (String key : CONTAINER_LISTS) {
            mappings(pod.spec().at(key), report);
        }
        mappings(pod.spec().at("volumes"), report);
        securityContext(pod.securityContext(), report);
        mappings(pod.securityContext().at("sysctls"), report);
        for (ContainerFields container : pod.containers()) {
            mappings(container.at("ports"), report);
            securityContext(container.securityContext(), report);
            Field capabilities = container.securityContext().at("capabilities");
            mapping(capabilities, report);
            list(capabilities.at("add"), report);
        }
    }

    private static void securityContext(Field securityContext, Family.Report report) {
        mapping(securityContext, report);
        mapping(securityContext.at("seLinuxOptions"), report);
        mapping(securityContext.at("windowsOptions"), report);
    }

    private static void mappings(Field list, Family.Report report) {
        list(list, report);
        list.items().forEach(item -> mapping(item, report));
    }

    private static void mapping(Field field, Family.Report report) {
        if (field.written() && !(field.value() instanceof Value.Obj)) {
            hidden(field, "mapping", report);
        }
    }

    private static void list(Field field, Family.Report report) {
        if (field.written() && !(field.value() instanceof Value.Arr)) {
            hidden(field, "list", report);
        }
    }

    private static void hidden(Field field, String shape, Family.Report report) {
        report.violation(
                field, field.path() + " cannot be checked and Kubernetes would refuse it; write it as a " + shape);
    }
}
