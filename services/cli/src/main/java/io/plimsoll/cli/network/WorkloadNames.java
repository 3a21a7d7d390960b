package io.plimsoll.cli.network;

import io.plimsoll.cli.UsageProblem;
import io.plimsoll.kernel.declaration.Declarations;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.reach.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Workloads as people name them: {@code db}, {@code shop/db}, {@code shop/db[StatefulSet]}, {@code shop/} or {@code label=value}. */
final class WorkloadNames {

    private final List<Workload> workloads;
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();

    WorkloadNames(ClusterState state, List<Workload> workloads) {
        this.workloads = workloads;
        for (Resource namespace : state.all("Namespace", "")) {
            namespaces.put(namespace.name(), namespace.labels());
        }
    }

    /**
     * All that any of the names means.
     *
     * @throws UsageProblem where one means nobody
     */
    Set<ResourceId> of(List<String> names) {
        Set<ResourceId> meant = new TreeSet<>();
        for (String name : AnalysisOptions.split(names)) {
            int before = meant.size();
            List<ResourceId> found =
                    workloads.stream().filter(meaning(name)).map(Workload::id).toList();
            meant.addAll(found);
            if (found.isEmpty() && meant.size() == before) {
                throw new UsageProblem(
                        "no workload is meant by " + name + ": give a name, namespace/name, namespace/ or label=value");
            }
        }
        return meant;
    }

    /** Workloads of namespaces that an application of high or critical criticality is declared for. */
    Set<ResourceId> critical(Declarations declared, String cluster) {
        Set<String> critical = new TreeSet<>();
        declared.applications().stream()
                .filter(application -> Set.of("critical", "high").contains(application.criticality()))
                .filter(application -> application.namespace().cluster().equals(cluster))
                .forEach(application -> critical.add(application.namespace().namespace()));
        Set<ResourceId> meant = new TreeSet<>();
        workloads.stream()
                .filter(workload -> critical.contains(workload.namespace()))
                .forEach(workload -> meant.add(workload.id()));
        return meant;
    }

    private Predicate<Workload> meaning(String name) {
        if (name.endsWith("/")) {
            return workload -> workload.namespace().equals(name.substring(0, name.length() - 1));
        }
        int equals = name.indexOf('=');
        if (equals < 0) {
            return workload -> new Endpoint.OfWorkload(workload.id()).isNamed(name);
        }
        String key = name.substring(0, equals);
        String value = name.substring(equals + 1);
        return workload -> value.equals(
                        namespaces.getOrDefault(workload.namespace(), Map.of()).get(key))
                || workload.templates().stream()
                        .map(PodTemplate::labels)
                        .anyMatch(labels -> value.equals(labels.get(key)));
    }

    /** {@code shop/db[StatefulSet]}. */
    static String text(ResourceId workload) {
        return new Endpoint.OfWorkload(workload).toString();
    }
}
