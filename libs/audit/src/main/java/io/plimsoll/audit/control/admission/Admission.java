package io.plimsoll.audit.control.admission;

import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Asked;
import io.plimsoll.audit.control.question.Cluster;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.guardrail.Guardrail;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Webhooks and policies: whether anything refuses, and what slips past. */
public final class Admission {

    private static final String GROUP = "admissionregistration.k8s.io";
    /** What a selector names when it leaves out Kubernetes' own namespaces by their label. */
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private Admission() {}

    /** At least one namespace outside the system has a rule in force. */
    public static Judge.OfClusters engine() {
        return asked -> {
            for (String namespace : asked.cluster().guardrails().namespaces()) {
                if (Cluster.system(namespace)) {
                    continue;
                }
                for (Guardrail rule : asked.cluster().guardrails().rules(namespace)) {
                    // What runs may break it: it refuses all the same what comes next.
                    if (rule.status() == Status.EFFECTIVE || rule.status() == Status.CONTRADICTED) {
                        return Answer.GOOD;
                    }
                }
                if (asked.cluster().guardrails().podBaselineEnforced(namespace)) {
                    return Answer.GOOD;
                }
            }
            if (asked.cluster().workloads().isEmpty()) {
                return new Answer.Unseen(
                        Reason.NO_APPLICATION_WORKLOAD, "no workload is among the objects given", Source.NONE);
            }
            return new Answer.Wrong(
                    "",
                    "",
                    "",
                    "nothing among the objects given refuses a pod: no Pod Security level, no bound policy of any engine",
                    Reason.ABSENT_FROM_INPUT,
                    Source.NONE);
        };
    }

    private static List<Field> webhooks(Resource configuration) {
        return Field.of(configuration).at("webhooks").items();
    }

    public static Judge.OfObjects failsOpen() {
        return (configuration, asked) -> {
            for (Field webhook : webhooks(configuration)) {
                Field policy = webhook.at("failurePolicy");
                if (policy.shown().equals("Ignore")) {
                    return Answer.wrong(
                            policy,
                            "webhook " + webhook.value().text("name")
                                    + " lets everything pass while it does not answer; set failurePolicy: Fail");
                }
            }
            return Answer.GOOD;
        };
    }

    public static Judge.OfObjects outsideUrl() {
        return (configuration, asked) -> {
            for (Field webhook : webhooks(configuration)) {
                Field url = webhook.at("clientConfig", "url");
                String name = webhook.value().text("name");
                if (url.written()) {
                    return Answer.wrong(
                            url,
                            "webhook " + name + " sends every object to " + url.shown() + "; serve it in the cluster");
                }
                Field bundle = webhook.at("clientConfig", "caBundle");
                boolean injected = configuration.annotations().keySet().stream()
                        .anyMatch(key -> key.contains("inject-ca") || key.contains("inject-apiserver-ca"));
                if (!bundle.written() && !injected) {
                    return Answer.wrong(
                            bundle, "webhook " + name + " names no caBundle that its certificate is held against");
                }
            }
            return Answer.GOOD;
        };
    }

    /** Webhooks and bindings that leave out namespaces beyond those allowed. */
    public static Judge.OfObjects skipsNamespaces() {
        return (object, asked) -> {
            if (object.kind().equals("ValidatingAdmissionPolicyBinding")) {
                return Answer.weaker(
                        skips(Field.of(object).at("spec", "matchResources"), asked), conditionsOfPolicy(object, asked));
            }
            for (Field webhook : webhooks(object)) {
                Answer answer = Answer.weaker(skips(webhook, asked), conditions(webhook, "", asked));
                if (answer instanceof Answer.Wrong) {
                    return answer;
                }
            }
            return Answer.GOOD;
        };
    }

    private static Answer conditionsOfPolicy(Resource binding, Asked asked) {
        String name = binding.spec().text("policyName");
        Resource policy = asked.cluster().find("ValidatingAdmissionPolicy", "", name);
        if (policy == null || policy.identityOnly()) {
            return Answer.GOOD;
        }
        Answer answer = conditions(Field.of(policy).at("spec"), " of policy " + name, asked);
        // The path is one of the policy; the finding is the binding's.
        return answer instanceof Answer.Wrong wrong
                ? Answer.wrong(Field.of(binding).at("spec", "policyName"), wrong.message())
                : answer;
    }

    private static Answer conditions(Field holder, String of, Asked asked) {
        Set<String> allowed = new HashSet<>(asked.parameters().texts("namespaces"));
        for (Field condition : holder.at("matchConditions").items()) {
            Optional<String> left = LeftOut.by(
                    condition.value().text("expression"), asked.cluster().namespaces(), allowed);
            if (left.isPresent()) {
                return Answer.wrong(
                        condition.at("expression"),
                        "match condition " + condition.value().text("name") + of + " leaves out namespace "
                                + left.get());
            }
        }
        return Answer.GOOD;
    }

    private static Answer skips(Field holder, Asked asked) {
        List<String> allowed = asked.parameters().texts("namespaces");
        Field selector = holder.at("namespaceSelector");
        for (Field expression : selector.at("matchExpressions").items()) {
            Value body = expression.value();
            String operator = body.text("operator");
            boolean leavesOut = operator.equals("NotIn") || operator.equals("DoesNotExist");
            boolean byName = body.text("key").equals(NAME_LABEL);
            if (leavesOut && !(byName && allowed.containsAll(body.at("values").texts()))) {
                return Answer.wrong(
                        expression,
                        byName
                                ? "it leaves out namespaces beyond those of the system: "
                                        + body.at("values").texts()
                                : "whoever labels a namespace " + body.text("key") + " takes it out; select by "
                                        + NAME_LABEL);
            }
        }
        boolean narrow = !selector.value().at("matchLabels").fields().isEmpty()
                || selector.at("matchExpressions").items().stream()
                        .anyMatch(each ->
                                Set.of("In", "Exists").contains(each.value().text("operator")));
        return narrow
                ? Answer.wrong(selector, "it looks at the namespaces that ask for it only; every other one is left out")
                : Answer.GOOD;
    }

    /** A policy nobody binds, one that only warns, or one whose errors let pass. */
    public static Judge.OfObjects idlePolicy() {
        return (object, asked) ->
                object.kind().equals("ValidatingAdmissionPolicy") ? policy(object, asked) : binding(object, asked);
    }

    private static Answer policy(Resource policy, Asked asked) {
        Field failure = Field.of(policy).at("spec", "failurePolicy");
        if (failure.shown().equals("Ignore")) {
            return Answer.wrong(failure, "an expression that fails lets the object pass; set failurePolicy: Fail");
        }
        List<Resource> bindings = asked.cluster().all("ValidatingAdmissionPolicyBinding", GROUP).stream()
                .filter(each -> each.spec().text("policyName").equals(policy.name()))
                .toList();
        if (bindings.isEmpty()) {
            return Answer.absent(
                    policy, "no binding of the policy is among the objects given, so it asks nothing of anybody");
        }
        boolean denies = bindings.stream()
                .anyMatch(each -> each.spec().at("validationActions").texts().contains("Deny"));
        return denies
                ? Answer.GOOD
                : Answer.wrong(
                        Field.of(policy).at("spec"),
                        "its bindings warn or note, none denies; add Deny to validationActions when its findings are mended");
    }

    private static Answer binding(Resource binding, Asked asked) {
        Field actions = Field.of(binding).at("spec", "validationActions");
        if (!actions.value().texts().contains("Deny")) {
            return Answer.wrong(actions, "the binding does not deny; add Deny when its findings are mended");
        }
        String policy = binding.spec().text("policyName");
        return asked.cluster().find("ValidatingAdmissionPolicy", "", policy) == null
                ? Answer.absent(
                        binding, "policy " + policy + " is not among the objects given, so the binding does nothing")
                : Answer.GOOD;
    }
}
