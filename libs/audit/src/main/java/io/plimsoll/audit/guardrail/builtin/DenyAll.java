package io.plimsoll.audit.guardrail.builtin;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Judgement;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Settled;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Network policies that deny all pods of a namespace one direction. An allow-all beside one undoes it: policies add up. Of one
 * policy declared twice the version that allows more decides.
 */
public final class DenyAll {

    private DenyAll() {}

    public static List<Rule> rules(Scope scope) {
        Map<String, List<Review>> policies = new LinkedHashMap<>();
        for (Review review : scope.reviews()) {
            if (review.is("NetworkPolicy", "networking.k8s.io", "extensions")) {
                policies.computeIfAbsent(review.group() + "/" + review.name(), name -> new ArrayList<>())
                        .add(review);
            }
        }
        List<Rule> rules = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (List<Review> declared : policies.values()) {
                if (declared.stream().allMatch(policy -> direction.denies(policy.spec()))) {
                    Resource policy = declared.getFirst().declared();
                    rules.add(new Settled(
                            Declaration.of(Engine.NETWORK_POLICY, policy),
                            direction.intent,
                            standing(scope, direction, policies)));
                }
            }
        }
        return rules;
    }

    private static Standing standing(Scope scope, Direction direction, Map<String, List<Review>> policies) {
        Optional<Review> open = policies.values().stream()
                .flatMap(List::stream)
                .filter(policy -> direction.allows(policy.spec()))
                .findFirst();
        if (open.isPresent()) {
            return Judgement.contradicted(Action.DENY, open.get().shown() + " allows everything for every pod");
        }
        int pods = scope.pods().size();
        return pods == 0
                ? new Standing(Action.DENY, Status.VACUOUS, true, "no pods in this namespace")
                : new Standing(Action.DENY, Status.EFFECTIVE, true, "it selects every pod of this namespace");
    }

    private enum Direction {
        INGRESS("Ingress", "ingress", "from", Intent.DENY_INGRESS),
        EGRESS("Egress", "egress", "to", Intent.DENY_EGRESS);

        private final String type;
        private final String rules;
        private final String peers;
        private final Intent intent;

        Direction(String type, String rules, String peers, Intent intent) {
            this.type = type;
            this.rules = rules;
            this.peers = peers;
            this.intent = intent;
        }

        boolean denies(Value spec) {
            return selectsAll(spec) && applies(spec) && spec.items(rules).isEmpty();
        }

        boolean allows(Value spec) {
            return selectsAll(spec)
                    && applies(spec)
                    && spec.items(rules).stream().anyMatch(this::open);
        }

        private boolean selectsAll(Value spec) {
            Value selector = spec.at("podSelector");
            return selector.at("matchLabels").fields().isEmpty()
                    && selector.items("matchExpressions").isEmpty();
        }

        /** Where no types are written, Ingress is meant, and Egress when there are egress rules. */
        private boolean applies(Value spec) {
            List<String> types = spec.at("policyTypes").texts();
            return types.isEmpty() ? this == INGRESS || !spec.items(rules).isEmpty() : types.contains(type);
        }

        private boolean open(Value rule) {
            if (!rule.items("ports").isEmpty()) {
                return false;
            }
            List<Value> who = rule.items(peers);
            return who.isEmpty() || who.stream().anyMatch(Direction::everyone);
        }

        private static boolean everyone(Value peer) {
            String cidr = peer.at("ipBlock").text("cidr");
            boolean all = cidr.equals("0.0.0.0/0") || cidr.equals("::/0");
            return all && peer.items("ipBlock", "except").isEmpty();
        }
    }
}
