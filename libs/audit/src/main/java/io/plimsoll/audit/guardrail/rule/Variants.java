package io.plimsoll.audit.guardrail.rule;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.kubernetes.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** An object declared twice under one identity: of its rules the weaker version decides. */
public final class Variants {

    private Variants() {}

    /** The rules of a resource, read from each of its declarations. */
    public static List<Rule> rules(Resource resource, Function<Resource, List<Rule>> read) {
        List<Resource> declared = resource.declared();
        if (declared.size() == 1) {
            return read.apply(resource);
        }
        Map<Intent, List<Rule>> byIntent = new TreeMap<>();
        for (Resource each : declared) {
            for (Rule rule : read.apply(each)) {
                byIntent.computeIfAbsent(rule.intent(), intent -> new ArrayList<>())
                        .add(rule);
            }
        }
        List<Rule> weakest = new ArrayList<>();
        byIntent.forEach((intent, rules) -> weakest.add(new Weakest(rules, rules.size() >= declared.size())));
        return weakest;
    }

    /** @param everywhere each declaration has it; one that lacks it leaves nothing in force */
    private record Weakest(List<Rule> rules, boolean everywhere) implements Rule {

        @Override
        public Declaration declaration() {
            return rules.getFirst().declaration();
        }

        @Override
        public Intent intent() {
            return rules.getFirst().intent();
        }

        @Override
        public List<String> registries() {
            return rules.stream()
                    .flatMap(rule -> rule.registries().stream())
                    .distinct()
                    .toList();
        }

        @Override
        public Standing in(Scope scope) {
            Standing standing = rules.stream()
                    .map(rule -> rule.in(scope))
                    .reduce(Standing::weaker)
                    .orElseThrow();
            return everywhere
                    ? standing
                    : standing.weaker(
                            Standing.vacuous(standing.action(), "another declaration under its name asks for nothing"));
        }
    }
}
