package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Templates about what a container may do on its own: privileges, capabilities, its file system. */
final class PrivilegeTemplates {

    private static final Set<String> EXEMPTIONS = Set.of("exemptImages");

    static final List<Template> ALL = List.of(
            Template.of(
                    "K8sPSPPrivilegedContainer",
                    Intent.PRIVILEGED,
                    EXEMPTIONS,
                    call -> call.noContainer(
                            Call.ALL,
                            "is privileged",
                            container -> container.securityContext().isTrue("privileged"))),
            Template.of(
                    "K8sPSPAllowPrivilegeEscalationContainer",
                    Intent.PRIVILEGE_ESCALATION,
                    EXEMPTIONS,
                    call -> call.noContainer(
                            Call.ALL,
                            "may escalate privileges",
                            container -> container
                                    .securityContext()
                                    .at("allowPrivilegeEscalation")
                                    .bool()
                                    .orElse(true))),
            Template.of(
                    "K8sPSPReadOnlyRootFilesystem",
                    Intent.READ_ONLY_ROOT,
                    EXEMPTIONS,
                    call -> call.noContainer(
                            Call.ALL,
                            "may write to its root file system",
                            container -> !container.securityContext().isTrue("readOnlyRootFilesystem"))),
            new Template(
                    "K8sPSPCapabilities",
                    Set.of("allowedCapabilities", "requiredDropCapabilities", "exemptImages"),
                    PrivilegeTemplates::capabilityIntents,
                    PrivilegeTemplates::capabilities),
            Template.of(
                    "K8sPSPProcMount",
                    Intent.PROC_MOUNT,
                    Set.of("procMount", "exemptImages"),
                    PrivilegeTemplates::procMount),
            Template.of(
                    "K8sDisallowInteractiveTTY",
                    Intent.INTERACTIVE_TTY,
                    EXEMPTIONS,
                    call -> call.noContainer(
                            Call.ALL,
                            "is interactive",
                            container -> container.body().isTrue("stdin")
                                    || container.body().isTrue("tty"))),
            Template.of(
                    "K8sPSPForbiddenSysctls",
                    Intent.SYSCTLS,
                    Set.of("forbiddenSysctls", "allowedSysctls"),
                    PrivilegeTemplates::sysctls));

    private PrivilegeTemplates() {}

    private static List<Intent> capabilityIntents(Value parameters) {
        List<Intent> intents = new ArrayList<>();
        if (!parameters.at("allowedCapabilities").texts().contains("*")) {
            intents.add(Intent.CAPABILITIES);
        }
        if (!parameters.items("requiredDropCapabilities").isEmpty()) {
            intents.add(Intent.CAPABILITIES_DROP);
        }
        return intents;
    }

    private static Verdict capabilities(Call call) {
        if (capabilityIntents(call.parameters()).isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        List<String> allowed = lower(call.parameter("allowedCapabilities"));
        List<String> mustDrop = lower(call.parameter("requiredDropCapabilities"));
        return call.containers(Call.ALL, container -> {
            List<String> added = capabilities(container, "add");
            List<String> dropped = capabilities(container, "drop");
            if (!allowed.contains("*") && !allowed.containsAll(added)) {
                return Optional.of("adds capabilities that are not allowed");
            }
            return dropped.containsAll(mustDrop) || dropped.contains("all")
                    ? Optional.empty()
                    : Optional.of("keeps capabilities it must drop");
        });
    }

    private static List<String> capabilities(Container container, String field) {
        return lower(container.securityContext().at("capabilities", field));
    }

    private static List<String> lower(Value texts) {
        return texts.texts().stream().map(text -> text.toLowerCase(Locale.ROOT)).toList();
    }

    private static Verdict procMount(Call call) {
        if (call.parameters().text("procMount").equalsIgnoreCase("unmasked")) {
            return Verdict.NOT_ASKED;
        }
        return call.noContainer(
                Call.ALL,
                "unmasks /proc",
                container -> container
                        .securityContext()
                        .at("procMount")
                        .text()
                        .filter(mount -> !mount.equalsIgnoreCase("default"))
                        .isPresent());
    }

    private static Verdict sysctls(Call call) {
        List<String> forbidden = call.texts("forbiddenSysctls");
        boolean listed = call.parameter("allowedSysctls").present();
        if (forbidden.isEmpty() && !listed) {
            return Verdict.NOT_ASKED;
        }
        List<String> allowed = call.texts("allowedSysctls");
        Predicate<String> refused = name -> forbidden.stream().anyMatch(each -> Call.prefixed(each, name))
                || (listed && allowed.stream().noneMatch(each -> Call.prefixed(each, name)));
        return call.pod(spec -> spec.items("securityContext", "sysctls").stream()
                .map(sysctl -> sysctl.text("name"))
                .filter(refused)
                .findFirst()
                .map(name -> "it sets the sysctl " + name));
    }
}
