package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.NamedPort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One workload and the classes of its pods, with what a vocabulary would have to tell otherwise for them to be in others.
 *
 * @param pods those that have traffic
 * @param labels of its pods, each map once
 * @param ports that any of its pods has a name for
 * @param classes in the order in which its pods ask for them
 */
record WorkloadClasses(
        Workload workload,
        List<SeenPod> pods,
        List<Map<String, String>> labels,
        Set<NamedPort> ports,
        Set<PodClass> classes) {

    /** Sorts the pods of a workload. */
    static WorkloadClasses of(Workload workload, PodClassifier classifier, List<Map<String, String>> namespaceLabels) {
        List<SeenPod> pods = SeenPod.of(workload);
        List<Map<String, String>> labels = new ArrayList<>(1);
        Set<NamedPort> ports = new HashSet<>(2);
        for (SeenPod pod : pods) {
            if (labels.isEmpty() || !labels.getLast().equals(pod.labels())) {
                labels.add(pod.labels());
            }
            ports.addAll(pod.ports().numbers().keySet());
        }
        Set<PodClass> classes = sorted(workload, pods, classifier, namespaceLabels);
        return new WorkloadClasses(workload, pods, labels, ports, classes);
    }

    /** The same workload where other things are told apart, or its namespace has other labels. */
    WorkloadClasses again(PodClassifier classifier, List<Map<String, String>> namespaceLabels) {
        return new WorkloadClasses(workload, pods, labels, ports, sorted(workload, pods, classifier, namespaceLabels));
    }

    /**
     * Where pods of a template run, their addresses are known: the template, which has none, says nothing besides. A pod that has no address yet
     * may get any.
     */
    private static Set<PodClass> sorted(
            Workload workload,
            List<SeenPod> pods,
            PodClassifier classifier,
            List<Map<String, String>> namespaceLabels) {
        Set<PodClass> templates = new LinkedHashSet<>(2);
        Set<PodClass> mine = new LinkedHashSet<>(2);
        for (SeenPod pod : pods) {
            for (Map<String, String> ofNamespace : namespaceLabels) {
                (pod.runs() ? mine : templates).addAll(classifier.classesOf(pod, workload.namespace(), ofNamespace));
            }
        }
        if (!templates.isEmpty()) {
            for (PodClass each : mine) {
                if (each.location().isPresent()) {
                    templates.remove(each.unlocated());
                }
            }
            mine.addAll(templates);
        }
        return mine;
    }
}
