package io.plimsoll.audit.control;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Target;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.value.Value;
import java.util.Map;
import java.util.Set;

/** Custom resources that hold a pod template: their controllers make pods of it in ways not known here. */
final class HiddenPods {

    /** {@code spec.jobTemplate.spec.template.spec} is as deep as they are seen. */
    private static final int DEPTH_MAX = 6;

    /** What has the form of pods here is a rule about pods, or a schema. */
    private static final Set<String> GROUPS_OF_RULES = Set.of(
            "apiextensions.k8s.io",
            "admissionregistration.k8s.io",
            "kyverno.io",
            "policies.kyverno.io",
            "templates.gatekeeper.sh",
            "constraints.gatekeeper.sh",
            "mutations.gatekeeper.sh",
            "metrics.k8s.io");

    private HiddenPods() {}

    static boolean in(Target target) {
        return !target.runs()
                && target.id().group().contains(".")
                && !GROUPS_OF_RULES.contains(target.id().group())
                && holdsPod(target.object().spec(), DEPTH_MAX);
    }

    /** A list of containers below mappings alone: what stands in lists is one of many, and seldom a pod. */
    private static boolean holdsPod(Value value, int depth) {
        if (!(value instanceof Value.Obj)) {
            return false;
        }
        boolean pod = value.items("containers").stream()
                .anyMatch(each -> each.at("image").text().isPresent());
        if (pod || depth == 0) {
            return pod;
        }
        for (Map.Entry<String, Value> each : value.fields().entrySet()) {
            if (holdsPod(each.getValue(), depth - 1)) {
                return true;
            }
        }
        return false;
    }

    static Answer unseen(Target target) {
        return new Answer.Unseen(
                Reason.PARTIAL_ANALYSIS,
                "a custom resource with a pod template: what its controller makes of it is not known here",
                target.object().source());
    }
}
