package io.plimsoll.segmentation.metrics;

import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.topology.Pods;
import java.util.List;

/** How many pods a workload has. */
final class PodCounts {

    private PodCounts() {}

    /** Whether the input shows pods that run, and so all of them. */
    static boolean anyRuns(List<Workload> workloads) {
        return workloads.stream()
                .flatMap(workload -> workload.templates().stream())
                .anyMatch(template -> template.resource().kind().equals("Pod"));
    }

    /** So many pods of one specification. */
    record Count(PodTemplate template, long pods) {}

    /** The pods that run, one by one; or, of an input without running pods, each template with the replicas asked for. */
    static List<Count> of(Workload workload, boolean running) {
        return Pods.alive(workload).stream()
                .filter(template -> !running || template.resource().kind().equals("Pod"))
                .map(template -> new Count(template, running ? 1 : replicas(template)))
                .toList();
    }

    private static long replicas(PodTemplate template) {
        return Math.max(0, template.resource().spec().at("replicas").integer().orElse(1));
    }

    static long total(Workload workload, boolean running) {
        return of(workload, running).stream().mapToLong(Count::pods).sum();
    }
}
