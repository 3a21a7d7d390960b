package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.cel.ExpressionIntents;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Settled;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.audit.guardrail.rule.Variants;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Gatekeeper's constraints as rules. A template of its library is judged by what it asks; every other is only named. */
public final class Constraints {

    private static final String GROUP = "constraints.gatekeeper.sh";

    private Constraints() {}

    /** A constraint of a template that looks at further objects than the one it is asked about. */
    public static boolean compares(Resource resource) {
        return resource.group().equals(GROUP) && Library.compares(resource.kind());
    }

    public static List<Rule> rules(ClusterState state, List<Workload> workloads) {
        Installation installation = new Installation(state, workloads);
        Set<String> templates = state.all("ConstraintTemplate", "templates.gatekeeper.sh").stream()
                .filter(Constraints::hasRules)
                .map(template -> template.spec()
                        .at("crd", "spec", "names", "kind")
                        .text()
                        .orElse(""))
                .collect(Collectors.toSet());
        List<Rule> rules = new ArrayList<>();
        for (Resource resource : state.resources()) {
            if (resource.group().equals(GROUP)) {
                rules.addAll(Variants.rules(
                        resource,
                        constraint -> templates.contains(constraint.kind())
                                ? bound(constraint, installation, state)
                                : unbound(constraint)));
            }
        }
        return rules;
    }

    private static List<Rule> bound(Resource constraint, Installation installation, ClusterState state) {
        Declaration declaration = Declaration.of(Engine.GATEKEEPER, constraint);
        Action action = action(constraint.spec());
        Value parameters = constraint.spec().at("parameters");
        Template template = Library.template(constraint.kind())
                .filter(known -> known.knows(parameters))
                .orElse(null);
        List<Rule> rules = new ArrayList<>();
        for (Intent intent : intents(constraint)) {
            rules.add(new ConstraintRule(
                    declaration,
                    intent,
                    action,
                    new Match(constraint.spec().at("match")),
                    parameters,
                    template,
                    installation,
                    state));
        }
        return rules;
    }

    private static List<Rule> unbound(Resource constraint) {
        Declaration declaration = Declaration.of(Engine.GATEKEEPER, constraint);
        Standing standing = Standing.unbound(
                action(constraint.spec()), "no template " + constraint.kind() + " among the objects given");
        return intents(constraint).stream()
                .<Rule>map(intent -> new Settled(declaration, intent, standing))
                .toList();
    }

    private static List<Intent> intents(Resource constraint) {
        List<Intent> known = Library.template(constraint.kind())
                .map(template -> template.intents().apply(constraint.spec().at("parameters")))
                .orElse(List.of());
        if (!known.isEmpty()) {
            return known;
        }
        List<String> kinds = constraint.spec().items("match", "kinds").stream()
                .flatMap(kind -> kind.at("kinds").texts().stream())
                .toList();
        return List.of(Intent.custom(constraint.kind(), ExpressionIntents.family(kinds)));
    }

    /** A template without code makes constraints that refuse nothing. */
    private static boolean hasRules(Resource template) {
        return template.spec().items("targets").stream()
                .anyMatch(target ->
                        !target.text("rego").isBlank() || !target.items("code").isEmpty());
    }

    private static Action action(Value spec) {
        String written = spec.text("enforcementAction");
        return switch (written) {
            case "", "deny" -> Action.DENY;
            case "warn" -> Action.WARN;
            case "scoped" -> scoped(spec.items("scopedEnforcementActions"));
            default -> Action.AUDIT;
        };
    }

    private static Action scoped(List<Value> actions) {
        for (Action action : Action.values()) {
            String wanted = action == Action.DENY ? "deny" : "warn";
            boolean atAdmission = actions.stream()
                    .filter(each -> each.text("action").equals(wanted))
                    .flatMap(each -> each.items("enforcementPoints").stream())
                    .map(point -> point.text("name"))
                    .anyMatch(point -> point.equals("*") || point.equals("validation.gatekeeper.sh"));
            if (atAdmission) {
                return action;
            }
        }
        return Action.AUDIT;
    }
}
