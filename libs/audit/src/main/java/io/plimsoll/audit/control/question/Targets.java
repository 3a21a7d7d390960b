package io.plimsoll.audit.control.question;

import io.plimsoll.audit.podsecurity.PodFields;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Folds a cluster's objects to what controls are asked of. */
final class Targets {

    private static final Comparator<Target> ORDER =
            Comparator.comparing(Target::id).thenComparing(each -> each.object().source());

    private static final Set<String> CONTROLLERS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob");

    private Targets() {}

    static List<Target> of(ClusterState state, List<Workload> workloads) {
        List<Target> targets = new ArrayList<>();
        Set<ResourceId> running = new HashSet<>();
        for (Workload workload : workloads) {
            workload.templates().forEach(each -> running.add(each.resource().id()));
            // A Node owns the static pods it reports: it is no workload, and each of them is one.
            targets.addAll(workload.kind().equals("Node") ? apart(workload) : folded(workload));
        }
        for (Resource resource : state.resources()) {
            if (!running.contains(resource.id()) && !Workloads.isWorkload(resource)) {
                for (Resource declared : resource.declared()) {
                    targets.add(new Target(declared.id(), declared, podsOfOthers(declared)));
                }
            }
        }
        targets.sort(ORDER);
        return targets;
    }

    /** One target for each declaration of the owner; pods of other objects belong to its first. */
    private static List<Target> folded(Workload workload) {
        List<PodTemplate> own = new ArrayList<>();
        List<Target.Pod> others = new ArrayList<>();
        for (PodTemplate template : workload.templates()) {
            if (template.resource().id().equals(workload.id())) {
                own.add(template);
            } else {
                others.add(Target.Pod.of(PodFields.of(template)));
            }
        }
        if (own.isEmpty()) {
            return List.of(new Target(workload.id(), workload.template().resource(), others));
        }
        List<Target> targets = new ArrayList<>();
        for (PodTemplate template : own) {
            List<Target.Pod> pods = new ArrayList<>();
            pods.add(Target.Pod.of(PodFields.of(template)));
            pods.addAll(targets.isEmpty() ? others : List.of());
            targets.add(new Target(workload.id(), template.resource(), pods));
        }
        return targets;
    }

    private static List<Target> apart(Workload workload) {
        List<Target> targets = new ArrayList<>();
        for (PodTemplate template : workload.templates()) {
            Target.Pod pod = Target.Pod.of(PodFields.of(template));
            targets.add(new Target(template.resource().id(), template.resource(), List.of(pod)));
        }
        return targets;
    }

    /** A PodTemplate object holds a pod that others make; so do custom resources, as their controllers see fit. */
    private static List<Target.Pod> podsOfOthers(Resource object) {
        // In the core group there are none of these: the kind is right and the apiVersion wrong.
        if (object.group().isEmpty() && CONTROLLERS.contains(object.kind())) {
            return Workloads.templatesOf(object).stream()
                    .map(template -> Target.Pod.of(PodFields.of(template)))
                    .toList();
        }
        if (object.is("PodTemplate", "")) {
            Value template = object.body().at("template");
            return List.of(Target.Pod.of(PodFields.of(
                    new PodTemplate(object, "template.spec", template.at("metadata"), template.at("spec")))));
        }
        return List.of();
    }
}
