package io.plimsoll.audit.guardrail.builtin;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Judgement;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Settled;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Resource quotas. One that bounds what pods request makes requests mandatory: Kubernetes refuses a pod of the namespace that
 * states none, so a quota beside such pods is declared, not in force.
 */
public final class Quotas {

    /** What a quota bounds, and the field every container must then set. */
    private static final Map<String, String[]> MANDATORY = Map.of(
            "cpu", new String[] {"requests", "cpu"},
            "requests.cpu", new String[] {"requests", "cpu"},
            "memory", new String[] {"requests", "memory"},
            "requests.memory", new String[] {"requests", "memory"},
            "limits.cpu", new String[] {"limits", "cpu"},
            "limits.memory", new String[] {"limits", "memory"});

    private Quotas() {}

    public static List<Rule> rules(Scope scope) {
        List<Rule> rules = new ArrayList<>();
        for (Review review : scope.reviews()) {
            if (review.is("ResourceQuota", "")) {
                Resource quota = review.declared();
                rules.add(new Settled(
                        Declaration.of(Engine.QUOTA, quota), Intent.RESOURCE_QUOTA, standing(review.spec(), scope)));
            }
        }
        return rules;
    }

    private static Standing standing(Value spec, Scope scope) {
        SortedSet<String> bounds = new TreeSet<>(spec.at("hard").fields().keySet());
        boolean pods = bounds.contains("pods") || bounds.contains("count/pods");
        bounds.retainAll(MANDATORY.keySet());
        if (bounds.isEmpty() && !pods) {
            return Standing.vacuous(Action.DENY, "it bounds neither pods nor what they ask for");
        }
        if (!spec.items("scopes").isEmpty() || spec.at("scopeSelector").present()) {
            return Standing.vacuous(Action.DENY, "it bounds some pods only");
        }
        List<Review> asked = scope.pods();
        for (Review pod : asked) {
            Optional<String> missing = missing(pod, bounds);
            if (missing.isPresent()) {
                return Judgement.contradicted(Action.DENY, pod.shown() + " would be refused: " + missing.get());
            }
        }
        return asked.isEmpty()
                ? Standing.vacuous(Action.DENY, "no pods in this namespace")
                : Judgement.obeyed(Action.DENY, asked.size());
    }

    private static Optional<String> missing(Review pod, SortedSet<String> bounds) {
        for (Container container : pod.containers()) {
            for (String bound : bounds) {
                String[] field = MANDATORY.getOrDefault(bound, new String[0]);
                boolean asked = container.role() != Container.Role.EPHEMERAL;
                if (asked && !container.body().at("resources").at(field).present()) {
                    return Optional.of("container " + container.name() + " sets no " + String.join(".", field));
                }
            }
        }
        return Optional.empty();
    }
}
