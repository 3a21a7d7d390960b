package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.NamedPorts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One workload and the classes of its pods, with what a vocabulary would have to tell otherwise for them to be in others.
 *
 * @param labels of its pods, each map once
 * @param ports that any of its pods has a name for
 * @param classes in the order in which its pods ask for them
 */
record WorkloadClasses(
        Workload workload, List<Map<String, String>> labels, Set<NamedPort> ports, Set<PodClass> classes) {

    /**
     * Sorts the pods of a workload. Where pods of a template run, their addresses are known: the template, which has none, says nothing
     * besides. A pod that has no address yet may get any.
     */
    static WorkloadClasses of(Workload workload, PodClassifier classifier, List<Map<String, String>> namespaceLabels) {
        Set<PodClass> templates = new LinkedHashSet<>();
        Set<PodClass> mine = new LinkedHashSet<>();
        List<Map<String, String>> told = new ArrayList<>(1);
        Set<NamedPort> ports = new HashSet<>(2);
        for (PodTemplate template : Pods.alive(workload)) {
            boolean pod = template.resource().kind().equals("Pod");
            Map<String, String> labels = Pods.labels(template);
            NamedPorts named = Pods.ports(template);
            if (told.isEmpty() || !told.getLast().equals(labels)) {
                told.add(labels);
            }
            ports.addAll(named.numbers().keySet());
            for (Map<String, String> ofNamespace : namespaceLabels) {
                (pod ? mine : templates)
                        .addAll(classifier.classesOf(template, labels, named, workload.namespace(), ofNamespace));
            }
        }
        for (PodClass each : List.copyOf(mine)) {
            if (each.location().isPresent()) {
                templates.remove(each.unlocated());
            }
        }
        mine.addAll(templates);
        return new WorkloadClasses(workload, told, ports, mine);
    }
}
