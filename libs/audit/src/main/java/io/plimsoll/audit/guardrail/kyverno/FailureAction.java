package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.review.LabelSelector;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.review.Wildcard;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rule does about what breaks it, which may differ by namespace.
 *
 * @param policy the policy's spec
 * @param validate the rule's validate
 */
record FailureAction(Value policy, Value validate) {

    Action in(Scope scope) {
        if (!policy.at("admission").bool().orElse(true)) {
            return Action.AUDIT;
        }
        List<Value> overrides = new ArrayList<>(validate.items("failureActionOverrides"));
        overrides.addAll(policy.items("validationFailureActionOverrides"));
        Optional<String> here = overrides.stream()
                .filter(each -> covers(each, scope))
                .map(each -> each.text("action"))
                .findFirst();
        String own = validate.text("failureAction");
        return action(here.orElse(own.isEmpty() ? policy.text("validationFailureAction") : own));
    }

    private static boolean covers(Value override, Scope scope) {
        List<String> namespaces = override.at("namespaces").texts();
        return (namespaces.isEmpty() || namespaces.stream().anyMatch(each -> Wildcard.matches(each, scope.namespace())))
                && LabelSelector.matches(override.at("namespaceSelector"), scope.labels());
    }

    /** Audit unless it says otherwise. */
    private static Action action(String written) {
        return written.equalsIgnoreCase("enforce") ? Action.DENY : Action.AUDIT;
    }
}
