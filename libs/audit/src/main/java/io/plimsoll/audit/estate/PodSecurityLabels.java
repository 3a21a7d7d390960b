package io.plimsoll.audit.estate;

import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.inventory.NamespaceFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a namespace's Pod Security labels write down and enforce (S2.codified, S3.enforced). Other policy engines are found
 * but not evaluated in this version: where a rule of theirs is in the input the answer is unknown, never a guess.
 */
final class PodSecurityLabels {

    private static final String PREFIX = "pod-security.kubernetes.io/";
    private static final Set<String> AT_LEAST_BASELINE = Set.of("baseline", "restricted");
    private static final Set<String> ENGINE_GROUPS =
            Set.of("constraints.gatekeeper.sh", "kyverno.io", "policies.kyverno.io");

    private PodSecurityLabels() {}

    static List<Evidence> evidence(Inventory inventory) {
        boolean otherRules = inventory.state().resources().stream()
                .anyMatch(
                        r -> ENGINE_GROUPS.contains(r.group()) || r.kind().equals("ValidatingAdmissionPolicyBinding"));
        List<Evidence> evidence = new ArrayList<>();
        for (NamespaceFacts namespace : inventory.namespaces().values()) {
            boolean enforced = AT_LEAST_BASELINE.contains(namespace.labels().getOrDefault(PREFIX + "enforce", ""));
            boolean written = enforced
                    || AT_LEAST_BASELINE.contains(namespace.labels().getOrDefault(PREFIX + "warn", ""))
                    || AT_LEAST_BASELINE.contains(namespace.labels().getOrDefault(PREFIX + "audit", ""));
            evidence.add(judge(inventory, namespace, EstateControls.RULES_CODIFIED.id(), written, otherRules));
            evidence.add(judge(inventory, namespace, EstateControls.BASELINE_ENFORCED.id(), enforced, otherRules));
        }
        return evidence;
    }

    private static Evidence judge(
            Inventory inventory, NamespaceFacts namespace, String control, boolean holds, boolean otherRules) {
        SubjectId id = SubjectId.ofNamespace(inventory.cluster(), namespace.name());
        if (holds) {
            return Evidence.pass(control, id, "by Pod Security labels", namespace.source());
        }
        if (otherRules) {
            return Evidence.unknown(
                    control,
                    id,
                    Reason.PARTIAL_ANALYSIS,
                    "other admission rules are in the input and are not evaluated yet",
                    namespace.source());
        }
        return Evidence.fail(
                control,
                id,
                Reason.ABSENT_FROM_INPUT,
                "metadata.labels",
                "",
                "no rule among the files given covers namespace " + namespace.name(),
                namespace.source());
    }
}
