package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Family;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.cel.AdmissionPolicies;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Settled;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.audit.guardrail.rule.Variants;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Kyverno's policies in CEL ({@code policies.kyverno.io}): the fields of a ValidatingAdmissionPolicy, bound by being there. An
 * expression that calls what Kyverno alone has cannot be evaluated here.
 */
final class CelPolicies {

    private static final String GROUP = "policies.kyverno.io";
    private static final Intent SIGNATURE = Intent.of("image-signature", Family.IMAGE);
    private static final Set<String> VALIDATING = Set.of("ValidatingPolicy", "NamespacedValidatingPolicy");
    private static final Set<String> OF_IMAGES = Set.of("ImageValidatingPolicy", "NamespacedImageValidatingPolicy");

    /**
     * A rule that holds while the engine runs.
     *
     * @param namespace it is about alone; empty for all
     * @param excepted an exception names its policy: what it leaves out only the engine can tell
     */
    private record Installed(Rule rule, String namespace, boolean excepted, Installation installation) implements Rule {
        @Override
        public Declaration declaration() {
            return rule.declaration();
        }

        @Override
        public Intent intent() {
            return rule.intent();
        }

        @Override
        public List<String> registries() {
            return rule.registries();
        }

        @Override
        public Standing in(Scope scope) {
            Standing standing = rule.in(scope);
            if (!namespace.isEmpty() && !namespace.equals(scope.namespace())) {
                return Standing.excluded(standing.action(), "it is a policy of namespace " + namespace);
            }
            if (installation.ignores(scope)) {
                return Standing.excluded(standing.action(), "the engine's configuration leaves it alone");
            }
            Standing here =
                    excepted ? Standing.notEvaluated(standing.action(), "an exception names the policy") : standing;
            return installation.runs() ? here : here.without("Kyverno");
        }
    }

    private CelPolicies() {}

    static List<Rule> rules(ClusterState state, Programs programs, Installation installation) {
        List<Rule> rules = new ArrayList<>();
        for (Resource policy : state.resources()) {
            if (policy.group().equals(GROUP) && VALIDATING.contains(policy.kind())) {
                rules.addAll(Variants.rules(
                        policy,
                        declared -> installed(
                                AdmissionPolicies.selfBound(
                                        Engine.KYVERNO, state, programs, declared, action(declared)),
                                declared,
                                state,
                                installation)));
            } else if (policy.group().equals(GROUP) && OF_IMAGES.contains(policy.kind())) {
                rules.addAll(Variants.rules(
                        policy, declared -> installed(List.of(signature(declared)), declared, state, installation)));
            }
        }
        return rules;
    }

    private static Rule signature(Resource policy) {
        return new Settled(
                Declaration.of(Engine.KYVERNO, policy),
                SIGNATURE,
                Standing.notEvaluated(action(policy), "whether signatures are good is known where the images are"));
    }

    private static List<Rule> installed(
            List<Rule> rules, Resource policy, ClusterState state, Installation installation) {
        boolean excepted = state.all("PolicyException", GROUP).stream()
                .flatMap(each -> each.declared().stream())
                .flatMap(each -> each.spec().items("policyRefs").stream())
                .anyMatch(reference -> reference.text("name").equals(policy.name())
                        && reference.text("kind").equals(policy.kind()));
        return rules.stream()
                .map(each -> (Rule) new Installed(each, policy.namespace(), excepted, installation))
                .toList();
    }

    /** It denies where it names no action, and only reports where it is not asked at admission. */
    private static Action action(Resource policy) {
        if (!policy.spec().at("evaluation", "admission", "enabled").bool().orElse(true)) {
            return Action.AUDIT;
        }
        List<String> actions = policy.spec().at("validationActions").texts();
        if (actions.isEmpty() || actions.contains("Deny")) {
            return Action.DENY;
        }
        return actions.contains("Warn") ? Action.WARN : Action.AUDIT;
    }
}
