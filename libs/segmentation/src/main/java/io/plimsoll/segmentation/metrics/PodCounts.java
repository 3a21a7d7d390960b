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

    /** The pods that run, one by one; where none does, each template with the replicas asked for. */
    static Map<PodTemplate, Long> of(Workload workload) {
        List<PodTemplate> alive = Pods.alive(workload);
        Map<PodTemplate, Long> counts = new LinkedHashMap<>();
        for (PodTemplate template : alive) {
            if (template.resource().kind().equals("Pod")) {
                counts.merge(template, 1L, Long::sum);
            }
        }
        if (counts.isEmpty()) {
            for (PodTemplate template : alive) {
                long replicas =
                        template.resource().spec().at("replicas").integer().orElse(1);
                counts.put(template, Math.max(0, replicas));
            }
        }
        return counts;
    }

    static long total(Workload workload) {
        return of(workload).values().stream().mapToLong(Long::longValue).sum();
    }
}
