package io.plimsoll.audit.guardrail.builtin;

import io.plimsoll.audit.guardrail.Action;
import io.plimsoll.audit.guardrail.Engine;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.PodLevels;
import io.plimsoll.audit.guardrail.Status;
import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.rule.Declaration;
import io.plimsoll.audit.guardrail.rule.Judgement;
import io.plimsoll.audit.guardrail.rule.Rule;
import io.plimsoll.audit.guardrail.rule.Settled;
import io.plimsoll.audit.guardrail.rule.Standing;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The labels of pod security admission on a namespace. A level is a bundle: baseline is counted as two intents and restricted
 * as a third, however many fields they are about.
 */
public final class PodSecurityLabels {

    private static final List<Intent> BASELINE = List.of(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE);

    /** The strongest action first: what is refused need not be told again as a warning. */
    private static final Map<Action, String> MODES =
            new EnumMap<>(Map.of(Action.DENY, "enforce", Action.WARN, "warn", Action.AUDIT, "audit"));

    private final PodLevels levels;

    public PodSecurityLabels(PodLevels levels) {
        this.levels = levels;
    }

    /** @param memory of this namespace alone, always with the same levels */
    public List<Rule> rules(Scope scope, Memory memory) {
        Resource namespace = scope.object();
        if (namespace == null) {
            return List.of();
        }
        Declaration declaration = Declaration.of(Engine.POD_SECURITY_ADMISSION, namespace);
        List<Rule> rules = new ArrayList<>();
        Set<Intent> told = new HashSet<>();
        MODES.forEach((action, mode) -> {
            for (Intent intent : intents(scope.labels().getOrDefault(Scope.POD_SECURITY + mode, ""))) {
                if (told.add(intent)) {
                    rules.add(new Settled(declaration, intent, standing(action, intent, scope, memory)));
                }
            }
        });
        return rules;
    }

    private static List<Intent> intents(String level) {
        return switch (level) {
            case "baseline" -> BASELINE;
            case "restricted" -> List.of(Intent.BASELINE_HOST, Intent.BASELINE_PRIVILEGE, Intent.POD_RESTRICTED);
            // "privileged" asks for nothing, and Kubernetes refuses a Namespace with any other word.
            default -> List.of();
        };
    }

    private Standing standing(Action action, Intent intent, Scope scope, Memory memory) {
        boolean baseline = BASELINE.contains(intent);
        String level = baseline ? "baseline" : "restricted";
        Predicate<PodTemplate> violated = baseline ? levels::baselineViolated : levels::restrictedViolated;
        int pods = 0;
        for (Workload workload : scope.workloads()) {
            boolean refused = memory.of(
                    level, workload.id(), () -> workload.templates().stream().anyMatch(violated), workload);
            if (refused) {
                return Judgement.contradicted(action, workload.id() + " would be refused: it breaks " + level);
            }
            pods += workload.templates().size();
        }
        return pods == 0
                ? new Standing(action, Status.VACUOUS, true, "no pods in this namespace")
                : Judgement.obeyed(action, pods);
    }
}
