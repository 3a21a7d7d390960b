package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.Intent;
import io.plimsoll.audit.guardrail.review.Quantity;
import io.plimsoll.audit.guardrail.rule.Verdict;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Templates about what containers may use, and ask for. */
final class ResourceTemplates {

    /** As a bound on cpu: none. */
    private static final String UNBOUNDED = "-1";

    static final List<Template> ALL = List.of(
            Template.of(
                    "K8sContainerLimits",
                    Intent.CONTAINER_LIMITS,
                    Set.of("cpu", "memory", "exemptImages"),
                    ResourceTemplates::limits),
            Template.of(
                    "K8sContainerRequests",
                    Intent.CONTAINER_REQUESTS,
                    Set.of("cpu", "memory", "exemptImages"),
                    call -> call.containers(
                            Call.LASTING, container -> bounded(call, container, "requests", "cpu", "memory"))),
            Template.of(
                    "K8sContainerRatios",
                    Intent.CONTAINER_RATIOS,
                    Set.of("ratio", "cpuRatio", "exemptImages"),
                    call -> call.containers(Call.LASTING, container -> ratios(call, container))),
            new Template(
                    "K8sRequiredResources",
                    Set.of("limits", "requests", "exemptImages"),
                    ResourceTemplates::required,
                    ResourceTemplates::requiredResources),
            Template.of(
                    "K8sContainerEphemeralStorageLimit",
                    Intent.EPHEMERAL_STORAGE,
                    Set.of("ephemeral-storage", "exemptImages"),
                    call -> call.containers(
                            Call.LASTING, container -> bounded(call, container, "limits", "ephemeral-storage"))),
            Template.of(
                    "K8sStorageClass",
                    Intent.STORAGE_CLASS,
                    Set.of("allowedStorageClasses", "includeStorageClassesInMessage"),
                    ResourceTemplates::storageClass));

    private ResourceTemplates() {}

    private static Verdict limits(Call call) {
        boolean cpu = !call.parameters().text("cpu").equals(UNBOUNDED);
        String[] names = cpu ? new String[] {"cpu", "memory"} : new String[] {"memory"};
        return call.containers(Call.LASTING, container -> bounded(call, container, "limits", names));
    }

    /** Each must be set, readable, and no more than the parameter of its name. */
    private static Optional<String> bounded(Call call, Container container, String field, String... names) {
        for (String name : names) {
            Value set = container.body().at("resources", field, name);
            Optional<BigDecimal> amount = Quantity.of(set);
            Optional<BigDecimal> bound = Quantity.of(call.parameter(name));
            if (amount.isEmpty()) {
                return Optional.of("sets no " + field + "." + name);
            }
            if (bound.isPresent() && amount.get().compareTo(bound.get()) > 0) {
                return Optional.of(
                        "sets " + field + "." + name + " to " + set.text().orElse(""));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ratios(Call call, Container container) {
        Optional<BigDecimal> ratio = Quantity.of(call.parameter("ratio"));
        for (String name : List.of("cpu", "memory")) {
            Optional<BigDecimal> limit = Quantity.of(container.body().at("resources", "limits", name));
            Optional<BigDecimal> request = Quantity.of(container.body().at("resources", "requests", name));
            if (limit.isEmpty() || request.isEmpty()) {
                return Optional.of("sets no limit or no request of " + name);
            }
            Optional<BigDecimal> most =
                    name.equals("cpu") ? Quantity.of(call.parameter("cpuRatio")).or(() -> ratio) : ratio;
            if (most.isPresent() && limit.get().compareTo(most.get().multiply(request.get())) > 0) {
                return Optional.of("has a limit of " + name + " too far above its request");
            }
        }
        return Optional.empty();
    }

    private static List<Intent> required(Value parameters) {
        List<Intent> intents = new ArrayList<>();
        if (!parameters.items("limits").isEmpty()) {
            intents.add(Intent.CONTAINER_LIMITS);
        }
        if (!parameters.items("requests").isEmpty()) {
            intents.add(Intent.CONTAINER_REQUESTS);
        }
        return intents;
    }

    private static Verdict requiredResources(Call call) {
        if (required(call.parameters()).isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        return call.containers(
                Call.LASTING,
                container -> missing(call, container, "limits").or(() -> missing(call, container, "requests")));
    }

    private static Optional<String> missing(Call call, Container container, String field) {
        return call.texts(field).stream()
                .filter(name -> !container.body().at("resources", field, name).present())
                .findFirst()
                .map(name -> "sets no " + field + "." + name);
    }

    private static Verdict storageClass(Call call) {
        List<Value> claims = call.review().is("PersistentVolumeClaim", "")
                ? List.of(call.review().body())
                : call.review().is("StatefulSet", "apps")
                        ? call.review().spec().items("volumeClaimTemplates")
                        : List.of();
        if (claims.isEmpty()) {
            return Verdict.NOT_ASKED;
        }
        if (!call.installation().shows("storage.k8s.io", "StorageClass")) {
            return new Verdict.Refused("the engine is shown no storage class");
        }
        List<String> known = call.state().all("StorageClass", "storage.k8s.io").stream()
                .map(Resource::name)
                .toList();
        List<String> allowed = call.texts("allowedStorageClasses");
        for (Value claim : claims) {
            String name = claim.at("spec").text("storageClassName");
            boolean fits = allowed.isEmpty() || allowed.contains("*") || allowed.contains(name);
            if (!known.contains(name) || !fits) {
                return new Verdict.Refused("storage class '" + name + "' is not one of those allowed");
            }
        }
        return Verdict.ADMITTED;
    }
}
