package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.NamedPorts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What policies can see of a pod or template, read once: what they tell apart changes more often. Immutable.
 *
 * @param runs false for a template
 * @param labels all of them
 * @param ports all that it has names for
 */
record SeenPod(PodTemplate template, boolean runs, boolean hostNetwork, Map<String, String> labels, NamedPorts ports) {

    /** Those of a workload that have traffic. */
    static List<SeenPod> of(Workload workload) {
        List<SeenPod> seen = new ArrayList<>(1);
        for (PodTemplate template : Pods.alive(workload)) {
            seen.add(new SeenPod(
                    template,
                    template.resource().kind().equals("Pod"),
                    template.hostNetwork(),
                    Pods.labels(template),
                    Pods.ports(template)));
        }
        return List.copyOf(seen);
    }
}
