package io.plimsoll.segmentation.topology;

import io.plimsoll.segmentation.policy.NamedPorts;
import java.util.Map;

/**
 * Pods that no policy in force tells apart: same namespace, same labels as far as selectors look at them, same names for
 * ports as far as rules use them.
 *
 * @param namespaceLabels all of them
 * @param labels those of the pods that some selector looks at
 * @param ports those that some rule asks for; none for host pods, whose names no rule can be sure of
 * @param host true for pods that are treated as their node
 */
public record PodClass(
        String namespace,
        Map<String, String> namespaceLabels,
        Map<String, String> labels,
        NamedPorts ports,
        boolean host) {

    public PodClass {
        namespaceLabels = Map.copyOf(namespaceLabels);
        labels = Map.copyOf(labels);
    }
}
