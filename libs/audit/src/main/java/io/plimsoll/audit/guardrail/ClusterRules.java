package io.plimsoll.audit.guardrail;

import io.plimsoll.audit.guardrail.gatekeeper.Constraints;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which objects of a cluster its cluster-wide rules are made of and look at, besides those of the namespace they are asked in. */
final class ClusterRules {

    private static final String ADMISSION = "admissionregistration.k8s.io";
    private static final Set<String> GROUPS = Set.of(
            ADMISSION,
            "apiextensions.k8s.io",
            "config.gatekeeper.sh",
            "constraints.gatekeeper.sh",
            "kyverno.io",
            "policies.kyverno.io",
            "syncset.gatekeeper.sh",
            "templates.gatekeeper.sh");

    /** Images by which an engine is known to run. */
    private static final List<String> ENGINES = List.of("gatekeeper", "kyverno");

    private ClusterRules() {}

    /** The same objects, the same rules. */
    static Object[] origin(ClusterState state, List<Workload> workloads, Memory memory) {
        if (state.resources().stream().anyMatch(Constraints::compares)) {
            // It is judged by objects of other namespaces.
            return new Object[] {state};
        }
        Set<String> parameters = parameters(state);
        List<Object> origin = new ArrayList<>();
        for (Resource resource : state.resources()) {
            if (GROUPS.contains(resource.group())
                    || resource.is("ConfigMap", "") && resource.name().equals("kyverno")
                    || !parameters.isEmpty() && parameters.contains(resource.group() + "/" + resource.kind())) {
                origin.add(resource);
            }
        }
        if (!origin.isEmpty()) {
            origin.addAll(memory.of(
                    "engines",
                    "",
                    () -> workloads.stream()
                            .filter(workload ->
                                    memory.of("engine", workload.id(), () -> mayBeEngine(workload), workload))
                            .toList(),
                    workloads.toArray()));
        }
        return origin.toArray();
    }

    /** Group and kind of what policies take as parameters. */
    private static Set<String> parameters(ClusterState state) {
        Set<String> parameters = new HashSet<>();
        for (Resource policy : state.all("ValidatingAdmissionPolicy", ADMISSION)) {
            for (Resource declared : policy.declared()) {
                Value kind = declared.spec().at("paramKind");
                String apiVersion = kind.text("apiVersion");
                int slash = apiVersion.indexOf('/');
                parameters.add((slash < 0 ? "" : apiVersion.substring(0, slash)) + "/" + kind.text("kind"));
            }
        }
        return parameters;
    }

    private static boolean mayBeEngine(Workload workload) {
        return workload.templates().stream()
                .flatMap(template -> template.mainContainers().stream())
                .anyMatch(container -> ENGINES.stream().anyMatch(container.image()::contains));
    }
}
