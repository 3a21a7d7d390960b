package io.plimsoll.audit.control.rbac;

import io.plimsoll.audit.access.Access;
import io.plimsoll.audit.access.BuiltinRoles;
import io.plimsoll.audit.access.Power;
import io.plimsoll.audit.access.Rule;
import io.plimsoll.audit.control.question.Answer;
import io.plimsoll.audit.control.question.Judge;
import io.plimsoll.audit.podsecurity.Field;
import io.plimsoll.kubernetes.Resource;
import java.util.List;

/** What a role gives. Roles the API server keeps by itself are left alone, and those the parameter names. */
public final class Roles {

    private Roles() {}

    public static Judge.OfObjects gives(Power power) {
        return (role, asked) -> {
            if (spared(role, asked.parameters().texts("allowed"))) {
                return new Answer.NotAsked("Kubernetes, or whoever set the parameter, answers for this role");
            }
            List<Rule> rules = Access.rules(role);
            for (Rule rule : rules) {
                if (power.givenBy(rule)) {
                    return Answer.wrong(
                            rule.field(), "whoever holds it can " + power.phrase() + "; give only what is needed");
                }
            }
            return Answer.GOOD;
        };
    }

    /** The DNS of the cluster is configured in kube-system: a Role of another namespace does not reach it. */
    public static Judge.OfObjects changesDns() {
        Judge.OfObjects gives = gives(Power.CHANGE_DNS);
        return (role, asked) -> role.kind().equals("Role") && !role.namespace().equals("kube-system")
                ? Answer.GOOD
                : gives.judge(role, asked);
    }

    public static Judge.OfObjects wildcard() {
        return (role, asked) -> {
            if (spared(role, asked.parameters().texts("allowed"))) {
                return new Answer.NotAsked("Kubernetes, or whoever set the parameter, answers for this role");
            }
            for (Rule rule : Access.rules(role)) {
                Field wildcard = rule.wildcard();
                if (wildcard != null) {
                    return Answer.wrong(
                            wildcard, "the role gives a wildcard, which takes in what does not exist yet; name each");
                }
            }
            return Answer.GOOD;
        };
    }

    private static boolean spared(Resource role, List<String> allowed) {
        return BuiltinRoles.owns(role) || allowed.contains(role.name());
    }
}
