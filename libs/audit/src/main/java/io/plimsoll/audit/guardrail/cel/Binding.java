package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;

/**
 * One policy made to act by one binding.
 *
 * @param constraints what the policy is about
 * @param resources what the binding narrows it to
 */
record Binding(
        String name,
        Value spec,
        Action action,
        ResourceRules constraints,
        ResourceRules resources,
        Parameters parameters,
        Programs programs) {

    static Binding of(ClusterState state, Programs programs, Resource policy, Resource binding) {
        return new Binding(
                binding.name(),
                policy.spec(),
                action(binding.spec().at("validationActions").texts()),
                new ResourceRules(policy.spec().at("matchConstraints"), programs.names()),
                new ResourceRules(binding.spec().at("matchResources"), programs.names()),
                new Parameters(
                        state, policy.spec().at("paramKind"), binding.spec().at("paramRef")),
                programs);
    }

    /** The strongest of the actions written down. */
    static Action action(List<String> actions) {
        if (actions.contains("Deny")) {
            return Action.DENY;
        }
        return actions.contains("Warn") ? Action.WARN : Action.AUDIT;
    }
}
