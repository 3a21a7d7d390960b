package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is there by namespace, so that what changes in one leaves the others as they are. A population that followed from an earlier one is
 * the same as one made from nothing, to the numbers. Immutable, any thread.
 */
public final class Population {

    /** Where there are fewer workloads, a second thread is not worth its start. */
    private static final int PARALLEL_MIN = 500;

    /** The same for namespaces that are to be sorted again. */
    private static final int PARALLEL_NAMESPACES_MIN = 4;

    private final Map<String, NamespacePopulation> byNamespace;
    private final NamespaceLabels labels;
    private final Vocabulary vocabulary;
    private final HostNetwork hostNetwork;
    private final MeshPolicies mesh;
    private final ExternalRanges ranges;
    private final Topology topology;

    private Population(
            Map<String, NamespacePopulation> byNamespace,
            NamespaceLabels labels,
            Vocabulary vocabulary,
            HostNetwork hostNetwork,
            MeshPolicies mesh,
            ExternalRanges ranges) {
        this.byNamespace = byNamespace;
        this.labels = labels;
        this.vocabulary = vocabulary;
        this.hostNetwork = hostNetwork;
        this.mesh = mesh;
        this.ranges = ranges;
        this.topology = topology(byNamespace, ranges);
    }

    /** Sorts the pods of a cluster into classes. */
    public static Population of(
            List<Workload> workloads,
            NamespaceLabels labels,
            Vocabulary vocabulary,
            HostNetwork hostNetwork,
            MeshPolicies mesh) {
        ExternalRanges ranges = ExternalRanges.of(vocabulary.ranges());
        PodClassifier classifier = new PodClassifier(vocabulary, hostNetwork, ranges, mesh);
        List<Workload> sorted = workloads.stream().sorted().toList();
        Stream<Workload> each = sorted.size() < PARALLEL_MIN ? sorted.stream() : sorted.parallelStream();
        Map<String, List<WorkloadClasses>> members = new TreeMap<>();
        each.map(workload -> WorkloadClasses.of(workload, classifier, labels.of(workload.namespace())))
                .toList()
                .forEach(member -> members.computeIfAbsent(member.workload().namespace(), unused -> new ArrayList<>())
                        .add(member));
        Map<String, NamespacePopulation> byNamespace = new TreeMap<>();
        members.forEach((namespace, all) -> byNamespace.put(namespace, new NamespacePopulation(namespace, all)));
        return new Population(byNamespace, labels, vocabulary, hostNetwork, mesh, ranges);
    }

    /**
     * The population after a change; workloads that the change cannot concern keep their classes.
     *
     * @param changed for each namespace with other workloads than before all of them that it has now, in the order of identity
     * @param laterLabels of namespaces
     * @param later what policies tell apart now
     */
    public Population after(Map<String, List<Workload>> changed, NamespaceLabels laterLabels, Vocabulary later) {
        ExternalRanges laterRanges =
                later.ranges().equals(vocabulary.ranges()) ? ranges : ranges.after(vocabulary.ranges(), later.ranges());
        PodClassifier classifier = new PodClassifier(later, hostNetwork, laterRanges, mesh);
        Telling telling = new Telling(vocabulary, ranges, later, laterRanges);
        Map<String, NamespacePopulation> next = new TreeMap<>(byNamespace);
        changed.forEach((namespace, all) -> {
            NamespacePopulation before = next.get(namespace);
            if (all.isEmpty()) {
                next.remove(namespace);
            } else if (before == null) {
                next.put(namespace, new NamespacePopulation(namespace, List.of()));
            }
        });
        List<String> concerned = new ArrayList<>();
        next.forEach((namespace, before) -> {
            if (changed.containsKey(namespace) || isRelabelled(namespace, laterLabels) || telling.concerns(before)) {
                concerned.add(namespace);
            }
        });
        Stream<String> each =
                concerned.size() < PARALLEL_NAMESPACES_MIN ? concerned.stream() : concerned.parallelStream();
        each.map(namespace -> after(
                        Objects.requireNonNull(next.get(namespace)),
                        changed.get(namespace),
                        isRelabelled(namespace, laterLabels),
                        laterLabels.of(namespace),
                        telling,
                        classifier))
                .toList()
                .forEach(population -> next.put(population.namespace(), population));
        return new Population(next, laterLabels, later, hostNetwork, mesh, laterRanges);
    }

    private boolean isRelabelled(String namespace, NamespaceLabels later) {
        return later != labels && !later.of(namespace).equals(labels.of(namespace));
    }

    /** @param workloads null where they are the very ones they were */
    private static NamespacePopulation after(
            NamespacePopulation before,
            @Nullable List<Workload> workloads,
            boolean relabelled,
            List<Map<String, String>> labels,
            Telling telling,
            PodClassifier classifier) {
        Map<Workload, WorkloadClasses> left = workloads == null ? Map.of() : before.byWorkload();
        List<@Nullable WorkloadClasses> had = new ArrayList<>(before.members());
        if (workloads != null) {
            had.clear();
            workloads.forEach(workload -> had.add(left.remove(workload)));
        }
        List<WorkloadClasses> members = new ArrayList<>(had.size());
        List<WorkloadClasses> gone = new ArrayList<>(left.values());
        List<WorkloadClasses> come = new ArrayList<>();
        boolean changed = workloads != null;
        for (int w = 0; w < had.size(); w++) {
            WorkloadClasses member = had.get(w);
            if (member != null && !relabelled && !telling.concerns(member)) {
                members.add(member);
                continue;
            }
            WorkloadClasses now = member == null
                    ? WorkloadClasses.of(Objects.requireNonNull(workloads).get(w), classifier, labels)
                    : member.again(classifier, labels);
            changed |= member == null || !now.classes().equals(member.classes());
            members.add(now);
            come.add(now);
            if (member != null) {
                gone.add(member);
            }
        }
        return changed ? before.later(members, gone, come) : before;
    }

    private static Topology topology(Map<String, NamespacePopulation> byNamespace, ExternalRanges ranges) {
        List<NamespacePopulation> namespaces = List.copyOf(byNamespace.values());
        ClassesOfWorkloads classesOf = new ClassesOfWorkloads(namespaces);
        PodClass[][] classes = new PodClass[namespaces.size()][];
        Workload[][] workloads = new Workload[namespaces.size()][];
        List<NamespaceBlock> blocks = new ArrayList<>(namespaces.size());
        for (int n = 0; n < namespaces.size(); n++) {
            NamespacePopulation each = namespaces.get(n);
            classes[n] = each.classArray();
            workloads[n] = each.workloads();
            each.addBlocks(classesOf.classes()[n], blocks);
        }
        return new Topology(
                new Joined<>(classes, classesOf.classes()),
                blocks,
                new Joined<>(workloads, classesOf.workloads()),
                classesOf,
                ranges,
                List.of(Stranger.ANYONE));
    }

    /** In the order of their names. */
    Collection<NamespacePopulation> namespaces() {
        return byNamespace.values();
    }

    public Topology topology() {
        return topology;
    }

    public NamespaceLabels labels() {
        return labels;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }
}
