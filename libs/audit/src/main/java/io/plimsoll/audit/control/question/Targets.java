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

/**
 * Folds a cluster's objects to what controls are asked of. The places of a target's pods are found when its turn comes and
 * gone after it: those of a whole cluster are many times the cluster.
 */
final class Targets {

    /** A target before anybody looks into its pods. */
    private record Seed(ResourceId id, Resource object, List<PodTemplate> templates) {
        Target target() {
            return new Target(
                    id,
                    object,
                    templates.stream()
                            .map(each -> Target.Pod.of(PodFields.of(each)))
                            .toList());
        }
    }

    private static final Comparator<Seed> ORDER =
            Comparator.comparing(Seed::id).thenComparing(each -> each.object().source());

    private static final Set<String> CONTROLLERS =
            Set.of("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob");

    private Targets() {}

    /** In the order of identity; each turn of the iteration makes its target anew. */
    static Iterable<Target> of(ClusterState state, List<Workload> workloads) {
        List<Seed> targets = new ArrayList<>();
        Set<ResourceId> running = new HashSet<>();
        for (Workload workload : workloads) {
            workload.templates().forEach(each -> running.add(each.resource().id()));
            // A Node owns the static pods it reports: it is no workload, and each of them is one.
            targets.addAll(workload.kind().equals("Node") ? apart(workload) : folded(workload));
        }
        for (Resource resource : state.resources()) {
            if (!running.contains(resource.id()) && !Workloads.isWorkload(resource)) {
                for (Resource declared : resource.declared()) {
                    targets.add(new Seed(declared.id(), declared, podsOfOthers(declared)));
                }
            }
        }
        targets.sort(ORDER);
        return () -> targets.stream().map(Seed::target).iterator();
    }

    /** One target for each declaration of the owner; pods of other objects belong to its first. */
    private static List<Seed> folded(Workload workload) {
        List<PodTemplate> own = new ArrayList<>();
        List<PodTemplate> others = new ArrayList<>();
        for (PodTemplate template : workload.templates()) {
            (template.resource().id().equals(workload.id()) ? own : others).add(template);
        }
        if (own.isEmpty()) {
            return List.of(new Seed(workload.id(), workload.template().resource(), others));
        }
        List<Seed> targets = new ArrayList<>();
        for (PodTemplate template : own) {
            List<PodTemplate> pods = new ArrayList<>();
            pods.add(template);
            pods.addAll(targets.isEmpty() ? others : List.of());
            targets.add(new Seed(workload.id(), template.resource(), List.copyOf(pods)));
        }
        return targets;
    }

    private static List<Seed> apart(Workload workload) {
        List<Seed> targets = new ArrayList<>();
        for (PodTemplate template : workload.templates()) {
            targets.add(new Seed(template.resource().id(), template.resource(), List.of(template)));
        }
        return targets;
    }

    /** A PodTemplate object holds a pod that others make; so do custom resources, as their controllers see fit. */
    private static List<PodTemplate> podsOfOthers(Resource object) {
        // In the core group there are none of these: the kind is right and the apiVersion wrong.
        if (object.group().isEmpty() && CONTROLLERS.contains(object.kind())) {
            return Workloads.templatesOf(object);
        }
        if (object.is("PodTemplate", "")) {
            Value template = object.body().at("template");
            return List.of(new PodTemplate(object, "template.spec", template.at("metadata"), template.at("spec")));
        }
        return List.of();
    }
}
