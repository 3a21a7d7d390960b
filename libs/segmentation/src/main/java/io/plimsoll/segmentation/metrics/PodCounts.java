package io.plimsoll.segmentation.metrics;

import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.topology.Pods;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many pods a workload has. */
final class PodCounts {

    private PodCounts() {}

    /** Whether the input shows pods that run, and so all of them. */
    static boolean anyRuns(List<Workload> workloads) {
        return workloads.stream()
                .flatMap(workload -> workload.templates().stream())
                .anyMatch(template -> template.resource().kind().equals("Pod"));
    }

    /** The pods that run, one by one; or, of an input without running pods, each template with the replicas asked for. */
    static Map<PodTemplate, Long> of(Workload workload, boolean running) {
        List<PodTemplate> alive = Pods.alive(workload);
        Map<PodTemplate, Long> counts = new LinkedHashMap<>();
        for (PodTemplate template : alive) {
            if (template.resource().kind().equals("Pod")) {
                counts.merge(template, 1L, Long::sum);
            }
        }
        if (!running) {
            for (PodTemplate template : alive) {
                long replicas =
                        template.resource().spec().at("replicas").integer().orElse(1);
                counts.put(template, Math.max(0, replicas));
            }
        }
        return counts;
    }

    static long total(Workload workload, boolean running) {
        return of(workload, running).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
