package io.plimsoll.audit.control;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Target;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kubernetes.value.Value;

/** Custom resources that hold a pod template: their controllers make pods of it in ways not known here. */
final class HiddenPods {

    private HiddenPods() {}

    static boolean in(Target target) {
        return !target.runs()
                && target.id().group().contains(".")
                && target.object().spec().at("template", "spec", "containers") instanceof Value.Arr;
    }

    static Answer unseen(Target target) {
        return new Answer.Unseen(
                Reason.PARTIAL_ANALYSIS,
                "a custom resource with a pod template: what its controller makes of it is not known here",
                target.object().source());
    }
}
