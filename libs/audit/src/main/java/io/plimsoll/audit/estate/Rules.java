package io.plimsoll.audit.estate;

import io.plimsoll.audit.guardrail.Guardrails;
import io.plimsoll.audit.guardrail.ImagePolicy;
import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.PodLevels;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kernel.Control;
import io.plimsoll.kernel.Evidence;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kernel.Reason;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kubernetes.inventory.InventoriedWorkload;
import io.plimsoll.kubernetes.inventory.Inventory;
import io.plimsoll.kubernetes.inventory.NamespaceFacts;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a cluster's rules say and hold: codified, enforced, numerous, deep (S2.codified, S3.enforced, S4.rails, S5.rails). */
final class Rules {

    /** Of the five intents of S2.codified, so many must be written. */
    private static final int CODIFIED_MIN = 3;

    private final Inventory inventory;
    private final Guardrails guardrails;
    private final List<Evidence> evidence = new ArrayList<>();

    private Rules(Inventory inventory, Memory memory) {
        this.inventory = inventory;
        this.guardrails = Guardrails.of(
                inventory.state(),
                inventory.workloads().stream()
                        .map(InventoriedWorkload::workload)
                        .toList(),
                new Standards(),
                memory);
    }

    static List<Evidence> evidence(Inventory inventory, GuardrailDepth numerous, GuardrailDepth deep, Memory memory) {
        Rules rules = new Rules(inventory, memory);
        for (NamespaceFacts namespace : inventory.namespaces().values()) {
            rules.codified(namespace);
            rules.enforced(namespace);
            rules.depth(namespace, EstateControls.GUARDRAILS_NUMEROUS, numerous);
            rules.depth(namespace, EstateControls.GUARDRAILS_DEEP, deep);
        }
        inventory.workloads().forEach(rules::ownRegistryRule);
        rules.imagePolicies();
        return rules.evidence;
    }

    private void codified(NamespaceFacts namespace) {
        SortedSet<Intent> intents = guardrails.codifiedIntents(namespace.name());
        answer(
                EstateControls.RULES_CODIFIED,
                namespace,
                intents.size() >= CODIFIED_MIN,
                false,
                intents.isEmpty() ? Reason.ABSENT_FROM_INPUT : Reason.SEEN_AND_WRONG,
                intents.size() + " of " + Guardrails.CODIFIED.size() + " rules are written as code for namespace "
                        + namespace.name() + names(intents) + "; at least " + CODIFIED_MIN + " are asked for");
    }

    private void enforced(NamespaceFacts namespace) {
        answer(
                EstateControls.BASELINE_ENFORCED,
                namespace,
                guardrails.podBaselineEnforced(namespace.name()),
                guardrails.podBaselineOverBudget(namespace.name()),
                Reason.ABSENT_FROM_INPUT,
                "nothing among the files given refuses pods below the baseline in namespace " + namespace.name());
    }

    private void depth(NamespaceFacts namespace, Control control, GuardrailDepth depth) {
        SortedSet<Intent> intents = guardrails.effectiveIntents(namespace.name());
        SortedSet<Intent> possible = new TreeSet<>(intents);
        possible.addAll(guardrails.intentsOverBudget(namespace.name()));
        long families = families(intents);
        answer(
                control,
                namespace,
                intents.size() >= depth.intents() && families >= depth.families(),
                possible.size() >= depth.intents() && families(possible) >= depth.families(),
                intents.isEmpty() ? Reason.ABSENT_FROM_INPUT : Reason.SEEN_AND_WRONG,
                intents.size() + " rules of " + families + " families are in force in namespace " + namespace.name()
                        + names(intents) + "; at least " + depth.intents() + " of " + depth.families()
                        + " are asked for");
    }

    private static long families(SortedSet<Intent> intents) {
        return intents.stream().map(Intent::family).distinct().count();
    }

    /** A workload's image that breaks a registry rule of its own namespace. Whether the registry is private is not seen here. */
    private void ownRegistryRule(InventoriedWorkload workload) {
        SortedSet<String> approved =
                guardrails.approvedRegistries(workload.workload().namespace());
        if (approved.isEmpty()) {
            return;
        }
        SubjectId of = workload.subject().id();
        String control = EstateControls.OWN_REGISTRY_RULE.id();
        for (PodTemplate template : workload.workload().templates()) {
            for (Container container : template.containers()) {
                SubjectId id = new SubjectId(
                        SubjectKind.IMAGE, of.cluster(), of.namespace(), of.object(), of.name(), container.name());
                boolean obeys = approved.stream().anyMatch(container.image()::startsWith);
                evidence.add(
                        obeys
                                ? Evidence.pass(
                                        control, id, "as the own rule asks", template.sourceOf(container.body()))
                                : Evidence.fail(
                                        control,
                                        id,
                                        Reason.SEEN_AND_WRONG,
                                        container.path() + ".image",
                                        container.image(),
                                        "container " + container.name() + " breaks the cluster's own registry rule: "
                                                + String.join(", ", approved),
                                        template.sourceOf(container.body().at("image"))));
            }
        }
    }

    /** An image policy whose globs take in nothing that runs protects nothing. */
    private void imagePolicies() {
        List<ImagePolicy> policies = ImagePolicy.all(inventory.state());
        if (policies.isEmpty()) {
            return;
        }
        List<ImageReference> running = inventory.applications().stream()
                .flatMap(workload -> workload.workload().templates().stream())
                .flatMap(template -> template.containers().stream())
                .map(container -> ImageReference.of(container.image()))
                .toList();
        String control = EstateControls.IMAGE_POLICIES_BIND.id();
        for (ImagePolicy policy : policies) {
            if (!running.isEmpty()
                    && policy.idle(running).size() == policy.globs().size()) {
                evidence.add(Evidence.fail(
                        control,
                        SubjectId.ofCluster(inventory.cluster()),
                        Reason.SEEN_AND_WRONG,
                        "spec.images",
                        String.join(", ", policy.globs()),
                        "image policy " + policy.id().name() + " binds none of the application images of cluster "
                                + inventory.cluster(),
                        policy.source()));
            }
        }
    }

    /** @param perhaps it would hold, were rules in force whose expressions came to their bound: that cannot be known */
    private void answer(
            Control control, NamespaceFacts namespace, boolean holds, boolean perhaps, Reason reason, String message) {
        SubjectId id = SubjectId.ofNamespace(inventory.cluster(), namespace.name());
        Evidence answer;
        if (holds) {
            answer = Evidence.pass(control.id(), id, message, namespace.source());
        } else if (perhaps) {
            String why = message + "; the expressions of further rules came to their bound";
            answer = Evidence.unknown(control.id(), id, Reason.BUDGET, why, namespace.source());
        } else {
            answer = Evidence.fail(control.id(), id, reason, "", "", message, namespace.source());
        }
        evidence.add(answer);
    }

    private static String names(Collection<Intent> intents) {
        return intents.isEmpty() ? "" : intents.stream().map(Intent::name).collect(Collectors.joining(", ", " (", ")"));
    }

    private static final class Standards implements PodLevels {
        @Override
        public boolean baselineViolated(PodTemplate template) {
            return violated(template, Level.BASELINE);
        }

        @Override
        public boolean restrictedViolated(PodTemplate template) {
            return violated(template, Level.RESTRICTED);
        }

        private static boolean violated(PodTemplate template, Level level) {
            return !PodSecurity.evaluate(template, level, Version.V1_33).isEmpty();
        }
    }
}
