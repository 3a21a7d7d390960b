package io.plimsoll.audit.guardrail.kyverno;

import io.plimsoll.audit.guardrail.review.Scope;
import io.plimsoll.audit.guardrail.review.Wildcard;
import io.plimsoll.kernel.ImageReference;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kyverno as it runs in a cluster: whether its admission controller is there, whom it leaves alone, what is excepted. */
final class Installation {

    private static final Pattern IMAGE = Pattern.compile("(.*/)?kyverno");
    /** An entry of its configuration that leaves out all objects of a namespace. */
    private static final Pattern FILTER =
            Pattern.compile("\\[\\s*(?:\\*|\\*/\\*)\\s*,\\s*([^,\\]\\s]+)\\s*(?:,\\s*\\*\\s*)?]");

    private final boolean runs;
    private final List<String> filtered = new ArrayList<>();
    private final List<Resource> exceptions;

    Installation(ClusterState state, List<Workload> workloads) {
        this.runs = workloads.stream().anyMatch(Installation::admits);
        this.exceptions = state.all("PolicyException", "kyverno.io");
        for (Resource config : state.all("ConfigMap", "")) {
            if (config.name().equals("kyverno")) {
                Matcher filters = FILTER.matcher(config.body().at("data").text("resourceFilters"));
                while (filters.find()) {
                    filtered.add(filters.group(1));
                }
            }
        }
    }

    boolean runs() {
        return runs;
    }

    boolean ignores(Scope scope) {
        return filtered.stream().anyMatch(pattern -> Wildcard.matches(pattern, scope.namespace()));
    }

    /** What exceptions take out of a rule, whatever else they ask: the weaker reading. */
    List<Value> exceptions(String policy, String rule) {
        List<Value> matches = new ArrayList<>();
        for (Resource resource : exceptions) {
            for (Resource exception : resource.declared()) {
                boolean names = exception.spec().items("exceptions").stream()
                        .anyMatch(each -> each.text("policyName").equals(policy)
                                && each.at("ruleNames").texts().stream()
                                        .anyMatch(name -> Wildcard.matches(name, rule)));
                if (names) {
                    matches.add(exception.spec().at("match"));
                }
            }
        }
        return matches;
    }

    private static boolean admits(Workload workload) {
        boolean stopped =
                workload.template().resource().spec().at("replicas").integer().orElse(1) == 0;
        return !stopped
                && workload.templates().stream()
                        .flatMap(template -> template.mainContainers().stream())
                        .anyMatch(container -> IMAGE.matcher(
                                        ImageReference.of(container.image()).repository())
                                .matches());
    }
}
