package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
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

    boolean covers(Scope scope) {
        return constraints.covers(scope) && resources.covers(scope);
    }

    boolean selects(Review review) {
        return constraints.selects(review) && resources.selects(review);
    }

    /** False for a policy about deleting or connecting alone. */
    boolean aboutWrites() {
        return constraints.aboutWrites() && resources.aboutWrites();
    }

    /** An error refuses the request; else it is as if the policy were not there. */
    boolean failClosed() {
        return !spec.text("failurePolicy").equals("Ignore");
    }

    /** The strongest of the actions written down. */
    static Action action(List<String> actions) {
        if (actions.contains("Deny")) {
            return Action.DENY;
        }
        return actions.contains("Warn") ? Action.WARN : Action.AUDIT;
    }
}
