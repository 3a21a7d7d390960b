package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Family;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.PodLevels;
import io.plimsoll.audit.guardrail.cel.ExpressionIntents;
import io.plimsoll.audit.guardrail.cel.Expressions;
import io.plimsoll.audit.guardrail.cel.Programs;
import io.plimsoll.audit.guardrail.cel.VariableText;
import io.plimsoll.audit.guardrail.review.Draft;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Variants;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * The validating rules of Kyverno's policies. Rules on pods are judged by the pods of controllers, which is what Kyverno makes
 * of them itself.
 */
public final class KyvernoPolicies {

    private static final String GROUP = "kyverno.io";
    private static final Intent SIGNATURE = Intent.of("image-signature", Family.IMAGE);

    private final Installation installation;
    private final Programs programs;
    private final PodLevels levels;

    private KyvernoPolicies(Installation installation, Programs programs, PodLevels levels) {
        this.installation = installation;
        this.programs = programs;
        this.levels = levels;
    }

    public static List<Rule> rules(ClusterState state, List<Workload> workloads, Programs programs, PodLevels levels) {
        Installation installation = new Installation(state, workloads);
        KyvernoPolicies reader = new KyvernoPolicies(installation, programs, levels);
        List<Rule> rules = new ArrayList<>(CelPolicies.rules(state, programs, installation));
        for (Resource policy : state.resources()) {
            if (policy.is("ClusterPolicy", GROUP) || policy.is("Policy", GROUP)) {
                rules.addAll(Variants.rules(policy, reader::read));
            }
        }
        return rules;
    }

    private List<Rule> read(Resource policy) {
        List<Rule> rules = new ArrayList<>();
        Declaration declaration = Declaration.of(Engine.KYVERNO, policy);
        for (Value rule : policy.spec().items("rules")) {
            Matching matching = new Matching(
                    policy.namespace(),
                    rule.at("match"),
                    rule.at("exclude"),
                    installation.exceptions(policy.name(), rule.text("name")));
            FailureAction action = new FailureAction(policy.spec(), rule.at("validate"));
            for (Intent intent : intents(policy, rule)) {
                rules.add(new KyvernoRule(
                        declaration, intent, matching, action, check(policy.spec(), rule, intent), installation));
            }
        }
        return rules;
    }

    private Check check(Value policy, Value rule, Intent intent) {
        Value validate = rule.at("validate");
        if (rule.at("preconditions").present() || rule.at("context").present()) {
            return new Check.Unreadable("it has preconditions or a context that need a cluster");
        }
        if (validate.at("podSecurity").present()) {
            return validate.items("podSecurity", "exclude").isEmpty()
                    ? new Check.PodSecurity(levels, intent.equals(Intent.POD_RESTRICTED))
                    : new Check.Unreadable("it leaves out parts of the standard");
        }
        if (validate.at("cel").present() && !validate.at("cel", "paramKind").present()) {
            return new Check.Cel(Expressions.of(programs, celSpec(policy, rule)));
        }
        if (validate.at("pattern").present()) {
            return new Check.Patterns(List.of(validate.at("pattern")), validate.text("message"));
        }
        if (!validate.items("anyPattern").isEmpty()) {
            return new Check.Patterns(validate.items("anyPattern"), validate.text("message"));
        }
        return new Check.Unreadable("its kind of rule is not read here");
    }

    /** The rule as the spec of a validating admission policy. */
    private static Value celSpec(Value policy, Value rule) {
        Value cel = rule.at("validate", "cel");
        return Draft.empty()
                .put("failurePolicy", policy.text("failurePolicy"))
                .put("variables", cel.at("variables"))
                .put("matchConditions", rule.at("celPreconditions"))
                .put("validations", cel.at("expressions"))
                .done();
    }

    private static List<Intent> intents(Resource policy, Value rule) {
        Value validate = rule.at("validate");
        if (!validate.present()) {
            return rule.items("verifyImages").isEmpty() ? List.of() : List.of(SIGNATURE);
        }
        if (validate.at("podSecurity").present()) {
            return validate.at("podSecurity").text("level").equals("restricted")
                    ? List.of(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE, Intent.POD_RESTRICTED)
                    : List.of(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE);
        }
        StringBuilder text = new StringBuilder(Pattern.text(validate.at("pattern")));
        validate.items("anyPattern").forEach(pattern -> text.append(Pattern.text(pattern)));
        List<Value> variables = validate.items("cel", "variables");
        validate.items("cel", "expressions")
                .forEach(each -> text.append(VariableText.of(each.text("expression"), variables)));
        text.append(Pattern.text(validate.at("deny"))).append(Pattern.text(validate.at("foreach")));
        return ExpressionIntents.of(text.toString(), policy.name(), Matching.kinds(rule.at("match")));
    }
}
