package io.plimsoll.audit.guardrail.gatekeeper;

import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.review.Wildcard;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Gatekeeper as it runs in a cluster: whether its webhook is there, whom it leaves alone, which objects it is shown. */
final class Installation {

    private static final Pattern IMAGE = Pattern.compile("(^|.*/)open-?policy-?agent/gatekeeper");
    private static final String IGNORE_LABEL = "admission.gatekeeper.sh/ignore";

    private final boolean webhook;
    private final List<String> ignored = new ArrayList<>();
    private final List<Value> synced = new ArrayList<>();

    Installation(ClusterState state, List<Workload> workloads) {
        this.webhook = workloads.stream().anyMatch(Installation::servesAdmission);
        for (Resource config : state.all("Config", "config.gatekeeper.sh")) {
            for (Value match : config.spec().items("match")) {
                List<String> processes = match.at("processes").texts();
                if (processes.contains("*") || processes.contains("webhook")) {
                    ignored.addAll(match.at("excludedNamespaces").texts());
                }
            }
            synced.addAll(config.spec().items("sync", "syncOnly"));
        }
        state.all("SyncSet", "syncset.gatekeeper.sh")
                .forEach(set -> synced.addAll(set.spec().items("gvks")));
    }

    /** A pod of it answers the API server; the audit pod alone refuses nothing. */
    boolean runs() {
        return webhook;
    }

    Optional<String> ignores(Scope scope) {
        if (scope.labels().containsKey(IGNORE_LABEL)) {
            return Optional.of("the namespace is labelled " + IGNORE_LABEL);
        }
        return ignored.stream().anyMatch(pattern -> Wildcard.matches(pattern, scope.namespace()))
                ? Optional.of("the engine's Config leaves it alone")
                : Optional.empty();
    }

    /** Objects of the kind are shown to rules that compare objects; without it such a rule sees none but the one reviewed. */
    boolean shows(String group, String kind) {
        return synced.stream()
                .anyMatch(each ->
                        each.text("group").equals(group) && each.text("kind").equals(kind));
    }

    private static boolean servesAdmission(Workload workload) {
        Value replicas = workload.template().resource().spec().at("replicas");
        boolean stopped = replicas.integer().orElse(1) == 0;
        return !stopped
                && workload.templates().stream()
                        .flatMap(template -> template.mainContainers().stream())
                        .anyMatch(Installation::servesAdmission);
    }

    private static boolean servesAdmission(Container container) {
        if (!IMAGE.matcher(ImageReference.of(container.image()).repository()).matches()) {
            return false;
        }
        List<String> operations = new ArrayList<>(container.body().at("args").texts());
        operations.addAll(container.body().at("command").texts());
        operations.removeIf(argument -> !argument.matches("--?operation=.*"));
        return operations.isEmpty() || operations.stream().anyMatch(argument -> argument.endsWith("=webhook"));
    }
}
