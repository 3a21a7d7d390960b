package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Review;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Texts;
import io.plimsoll.kubernetes.value.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Templates about staying up: probes, replicas, budgets, autoscaling. */
final class AvailabilityTemplates {

    static final List<Template> ALL = List.of(
            Template.of(
                    "K8sRequiredProbes", Intent.PROBES, Set.of("probes", "probeTypes"), AvailabilityTemplates::probes),
            Template.of("K8sReplicaLimits", Intent.REPLICAS, Set.of("ranges"), AvailabilityTemplates::replicas),
            Template.of(
                    "K8sPodDisruptionBudget",
                    Intent.DISRUPTION_BUDGET,
                    Set.of(),
                    AvailabilityTemplates::disruptionBudget),
            Template.of(
                    "K8sHorizontalPodAutoscaler",
                    Intent.REPLICAS,
                    Set.of("ranges", "minimumReplicaSpread", "enforceScaleTargetRef"),
                    AvailabilityTemplates::autoscaler));

    private AvailabilityTemplates() {}

    private static Verdict probes(Call call) {
        List<String> probes = call.texts("probes");
        List<String> types = call.texts("probeTypes");
        if (probes.isEmpty() || !call.review().isPod()) {
            return Verdict.NOT_ASKED;
        }
        for (Value container : call.review().spec().items("containers")) {
            for (String probe : probes) {
                Value set = container.at(probe);
                if (types.stream().noneMatch(type -> set.at(type).present())) {
                    return new Verdict.Refused("container " + container.text("name") + " has no " + probe);
                }
            }
        }
        return Verdict.ADMITTED;
    }

    private static Verdict replicas(Call call) {
        Value spec = call.review().spec();
        if (!spec.present()) {
            return Verdict.NOT_ASKED;
        }
        OptionalLong replicas = spec.at("replicas").integer();
        boolean fits = replicas.isPresent() && within(call, replicas.getAsLong(), replicas.getAsLong());
        return Verdict.refusedIf(!fits, "it has " + (replicas.isPresent() ? replicas.getAsLong() : "no") + " replicas");
    }

    private static boolean within(Call call, long fewest, long most) {
        return call.parameter("ranges").items().stream()
                .anyMatch(range -> range.at("min_replicas").integer().orElse(Long.MAX_VALUE) <= fewest
                        && range.at("max_replicas").integer().orElse(Long.MIN_VALUE) >= most);
    }

    /** Budgets, and what one selects: without a budget nothing is asked. */
    private static Verdict disruptionBudget(Call call) {
        Review review = call.review();
        if (review.is("PodDisruptionBudget", "policy")) {
            return Verdict.refusedIf(allowsNoDisruption(review.spec()), "its maxUnavailable is 0");
        }
        if (!call.installation().shows("policy", "PodDisruptionBudget")) {
            return Verdict.NOT_ASKED;
        }
        Map<String, String> selected =
                review.spec().at("selector", "matchLabels").textMap();
        List<Value> budgets = call.state().all("PodDisruptionBudget", "policy").stream()
                .filter(budget -> budget.namespace().equals(review.namespace()))
                .map(Resource::spec)
                .filter(budget -> Texts.includes(
                        selected, budget.at("selector", "matchLabels").textMap()))
                .toList();
        if (selected.isEmpty() || budgets.isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        long replicas = review.spec().at("replicas").integer().orElse(1);
        Optional<Value> broken = budgets.stream()
                .filter(budget -> allowsNoDisruption(budget)
                        || budget.at("minAvailable").integer().orElse(-1) >= replicas)
                .findFirst();
        return Verdict.refusedIf(broken.isPresent(), "its budget allows no disruption");
    }

    /** A percentage is text, and the template lets it pass. */
    private static boolean allowsNoDisruption(Value budget) {
        return budget.at("maxUnavailable").integer().orElse(1) <= 0;
    }

    private static Verdict autoscaler(Call call) {
        Review review = call.review();
        if (!review.kind().equals("HorizontalPodAutoscaler")) {
            return Verdict.NOT_ASKED;
        }
        long fewest = review.spec().at("minReplicas").integer().orElse(1);
        long most = review.spec().at("maxReplicas").integer().orElse(0);
        OptionalLong spread = call.parameter("minimumReplicaSpread").integer();
        if (!within(call, fewest, most)) {
            return new Verdict.Refused("its range of replicas is not one of those allowed");
        }
        if (spread.isEmpty() || most - fewest < spread.getAsLong()) {
            return new Verdict.Refused("its range of replicas is too narrow");
        }
        return call.parameters().isTrue("enforceScaleTargetRef") ? target(call) : Verdict.ADMITTED;
    }

    private static Verdict target(Call call) {
        Value reference = call.review().spec().at("scaleTargetRef");
        String apiVersion = reference.text("apiVersion");
        String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
        String kind = reference.text("kind");
        boolean found = call.installation().shows(group, kind)
                && call.state().all(kind, group).stream()
                        .anyMatch(target ->
                                target.namespace().equals(call.review().namespace())
                                        && target.name().equals(reference.text("name")));
        return Verdict.refusedIf(!found, "what it scales is not shown to the engine");
    }
}
