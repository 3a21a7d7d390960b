package io.plimsoll.segmentation.suggest;

import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Texts;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.topology.Pods;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a workload is selected so that it stays selected: by its own selector, which Kubernetes does not let anybody change, and
 * by further labels of its pods where that selector means others too; never by labels that controllers give and change.
 */
final class StableLabels {

    private static final Set<String> CHANGING = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "pod-template-generation",
            "controller-uid",
            "job-name",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "batch.kubernetes.io/controller-uid",
            "batch.kubernetes.io/job-name",
            "batch.kubernetes.io/job-completion-index",
            "deploymentconfig",
            "deployment",
            "helm.sh/chart",
            "chart",
            "heritage",
            "app.kubernetes.io/version",
            "security.istio.io/tlsMode",
            "istio.io/rev");

    /**
     * A selector written with labels, and with keys that must be absent where the pods have no label of their own.
     *
     * @param others workloads of the namespace that it means too, because their pods look the same
     */
    record Chosen(Map<String, String> labels, Set<String> absent, List<ResourceId> others) {}

    private StableLabels() {}

    /** @param neighbours all workloads of the namespace, this one among them */
    static Chosen of(Workload workload, List<Workload> neighbours) {
        Map<String, String> common = common(workload);
        Map<String, String> chosen = new TreeMap<>(immutable(workload));
        chosen.entrySet().retainAll(common.entrySet());
        CHANGING.forEach(chosen::remove);
        if (chosen.isEmpty()) {
            chosen.putAll(common);
        }
        for (Map.Entry<String, String> more : common.entrySet()) {
            if (others(chosen, Set.of(), workload, neighbours).isEmpty()) {
                break;
            }
            chosen.putIfAbsent(more.getKey(), more.getValue());
        }
        Set<String> absent = new TreeSet<>();
        if (chosen.isEmpty()) {
            absent.addAll(keysOfOthers(workload, neighbours));
        }
        return new Chosen(chosen, absent, others(chosen, absent, workload, neighbours));
    }

    /** Labels that all its pods have and keep. */
    private static Map<String, String> common(Workload workload) {
        Map<String, String> common = new TreeMap<>();
        List<PodTemplate> alive = Pods.alive(workload);
        for (int i = 0; i < alive.size(); i++) {
            Map<String, String> labels = Pods.labels(alive.get(i));
            if (i == 0) {
                common.putAll(labels);
            } else {
                common.entrySet().retainAll(labels.entrySet());
            }
        }
        CHANGING.forEach(common::remove);
        return common;
    }

    private static Map<String, String> immutable(Workload workload) {
        for (PodTemplate template : workload.templates()) {
            Value selector = template.resource().spec().at("selector");
            if (!template.resource().kind().equals("Pod") && selector.present()) {
                Map<String, String> labels = selector.at("matchLabels").textMap();
                return labels.isEmpty() ? selector.textMap() : labels;
            }
        }
        return Map.of();
    }

    private static List<ResourceId> others(
            Map<String, String> labels, Set<String> absent, Workload workload, List<Workload> neighbours) {
        List<ResourceId> others = new ArrayList<>();
        for (Workload other : neighbours) {
            boolean meant = !other.id().equals(workload.id())
                    && Pods.alive(other).stream()
                            .map(Pods::labels)
                            .anyMatch(each -> Texts.includes(each, labels)
                                    && absent.stream().noneMatch(each::containsKey));
            if (meant) {
                others.add(other.id());
            }
        }
        return others;
    }

    /** As few keys as it takes for every other workload to have one of them. */
    private static Set<String> keysOfOthers(Workload workload, List<Workload> neighbours) {
        Set<String> keys = new TreeSet<>();
        for (Workload other : neighbours) {
            if (other.id().equals(workload.id())) {
                continue;
            }
            Set<String> theirs = new TreeSet<>(common(other).keySet());
            if (theirs.stream().noneMatch(keys::contains)) {
                theirs.stream().findFirst().ifPresent(keys::add);
            }
        }
        return keys;
    }
}
