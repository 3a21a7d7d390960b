package io.plimsoll.audit.guardrail.cel;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Family;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Settled;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.audit.guardrail.rule.Variants;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Validating admission policies joined with their bindings: one rule for each validation, intent and binding. */
public final class AdmissionPolicies {

    private static final String GROUP = "admissionregistration.k8s.io";
    private static final Engine ENGINE = Engine.VALIDATING_ADMISSION_POLICY;

    private AdmissionPolicies() {}

    /**
     * All of a cluster, by the name of the policy; under the empty text those of bindings whose policy is not there. Rules of a policy that is what it was,
     * as are its bindings, its parameters and the definitions of kinds, are the same list again.
     *
     * @param programs asked once for each policy that is read
     * @param memory of this cluster
     */
    public static Map<String, List<Rule>> byPolicy(ClusterState state, Supplier<Programs> programs, Memory memory) {
        List<Resource> bindings = state.all("ValidatingAdmissionPolicyBinding", GROUP);
        List<Resource> kinds = state.all("CustomResourceDefinition", "apiextensions.k8s.io");
        Map<String, List<Rule>> rules = new LinkedHashMap<>();
        for (Resource policy : state.all("ValidatingAdmissionPolicy", GROUP)) {
            List<Resource> mine = bindings.stream()
                    .filter(binding -> binding.spec().text("policyName").equals(policy.name()))
                    .toList();
            List<Object> origin = new ArrayList<>(mine);
            origin.add(policy);
            policy.declared().forEach(declared -> origin.addAll(Parameters.objects(state, declared.spec())));
            origin.addAll(kinds);
            rules.put(
                    policy.name(),
                    memory.of(
                            "rules-of-policy",
                            policy.id(),
                            () -> ofPolicy(state, policy, mine, programs.get()),
                            origin.toArray()));
        }
        List<Rule> dangling = dangling(bindings, rules.keySet());
        if (!dangling.isEmpty()) {
            rules.put("", dangling);
        }
        return rules;
    }

    private static List<Rule> ofPolicy(
            ClusterState state, Resource policy, List<Resource> bindings, Programs programs) {
        if (bindings.isEmpty()) {
            return Variants.rules(policy, declared -> unbound(declared, programs));
        }
        List<Rule> rules = new ArrayList<>();
        for (Resource binding : bindings) {
            rules.addAll(Variants.rules(
                    policy,
                    declared -> Variants.rules(
                            binding, each -> bound(declared, Binding.of(state, programs, declared, each)))));
        }
        return rules;
    }

    private static List<Rule> dangling(List<Resource> bindings, Set<String> policies) {
        List<Rule> rules = new ArrayList<>();
        for (Resource binding : bindings) {
            String policy = binding.spec().text("policyName");
            if (!policies.contains(policy)) {
                rules.add(new Settled(
                        Declaration.of(ENGINE, binding),
                        Intent.custom(binding.name(), Family.POD),
                        Standing.unbound(
                                Binding.action(
                                        binding.spec().at("validationActions").texts()),
                                "no policy " + policy + " among the objects given")));
            }
        }
        return rules;
    }

    private static List<Rule> unbound(Resource policy, Programs programs) {
        ResourceRules constraints = new ResourceRules(policy.spec().at("matchConstraints"), programs.names());
        Standing standing = Standing.unbound(Action.AUDIT, "no binding among the objects given");
        List<Rule> rules = new ArrayList<>();
        for (Value validation : policy.spec().items("validations")) {
            for (Intent intent : intents(policy, validation, constraints)) {
                rules.add(new Settled(Declaration.of(ENGINE, policy), intent, standing));
            }
        }
        return rules;
    }

    /**
     * The rules of a policy of another engine that has the same fields and binds itself, everywhere.
     *
     * @param action what it does about what breaks it
     */
    public static List<Rule> selfBound(
            Engine engine, ClusterState state, Programs programs, Resource policy, Action action) {
        Binding everywhere = new Binding(
                policy.name(),
                policy.spec(),
                action,
                new ResourceRules(policy.spec().at("matchConstraints"), programs.names()),
                new ResourceRules(Value.MISSING, programs.names()),
                new Parameters(state, Value.MISSING, Value.MISSING),
                programs);
        return bound(engine, policy, everywhere);
    }

    private static List<Rule> bound(Resource policy, Binding binding) {
        return bound(ENGINE, policy, binding);
    }

    private static List<Rule> bound(Engine engine, Resource policy, Binding binding) {
        List<Rule> rules = new ArrayList<>();
        List<Value> validations = policy.spec().items("validations");
        for (int i = 0; i < validations.size(); i++) {
            for (Intent intent : intents(policy, validations.get(i), binding.constraints())) {
                rules.add(
                        text(policy, validations.get(i)).contains("object")
                                ? new BoundValidation(Declaration.of(engine, policy), intent, binding, i)
                                : new Settled(
                                        Declaration.of(engine, policy),
                                        intent,
                                        Standing.vacuous(binding.action(), "it asks nothing of the object")));
            }
        }
        return rules;
    }

    private static List<Intent> intents(Resource policy, Value validation, ResourceRules constraints) {
        return ExpressionIntents.of(text(policy, validation), policy.name(), constraints.resources());
    }

    private static String text(Resource policy, Value validation) {
        return VariableText.of(validation.text("expression"), policy.spec().items("variables"));
    }
}
