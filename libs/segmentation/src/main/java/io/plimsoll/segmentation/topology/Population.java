package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.mesh.MeshPolicies;
import io.plimsoll.segmentation.policy.AddressRange;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.NamedPorts;
import io.plimsoll.segmentation.policy.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
        next.replaceAll((namespace, before) -> {
            List<Workload> now = changed.get(namespace);
            boolean relabelled =
                    laterLabels != labels && !laterLabels.of(namespace).equals(labels.of(namespace));
            return now == null && !relabelled && !telling.concerns(before)
                    ? before
                    : after(before, now, relabelled, laterLabels.of(namespace), telling, classifier);
        });
        return new Population(next, laterLabels, later, hostNetwork, mesh, laterRanges);
    }

    /** @param workloads null where they are the very ones they were */
    private static NamespacePopulation after(
            NamespacePopulation before,
            @Nullable List<Workload> workloads,
            boolean relabelled,
            List<Map<String, String>> labels,
            Telling telling,
            PodClassifier classifier) {
        Map<Workload, WorkloadClasses> known = workloads == null ? Map.of() : before.byWorkload();
        List<@Nullable WorkloadClasses> had = new ArrayList<>(before.members());
        if (workloads != null) {
            had.clear();
            workloads.forEach(workload -> had.add(known.get(workload)));
        }
        List<WorkloadClasses> members = new ArrayList<>(had.size());
        boolean changed = workloads != null;
        for (int w = 0; w < had.size(); w++) {
            WorkloadClasses member = had.get(w);
            if (member != null && !relabelled && !telling.concerns(member)) {
                members.add(member);
                continue;
            }
            Workload workload =
                    member == null ? Objects.requireNonNull(workloads).get(w) : member.workload();
            WorkloadClasses now = WorkloadClasses.of(workload, classifier, labels);
            changed |= member == null || !now.classes().equals(member.classes());
            members.add(now);
        }
        return changed ? new NamespacePopulation(before.namespace(), members) : before;
    }

    private static Topology topology(Map<String, NamespacePopulation> byNamespace, ExternalRanges ranges) {
        ClassesOfWorkloads classesOf = new ClassesOfWorkloads(List.copyOf(byNamespace.values()));
        // Made at each change, so that nothing is to be copied more often than it must.
        PodClass[] classes = new PodClass[classesOf.classes()];
        Workload[] workloads = new Workload[classesOf.size()];
        List<NamespaceBlock> blocks = new ArrayList<>(byNamespace.size());
        int ofClasses = 0;
        int ofWorkloads = 0;
        for (NamespacePopulation each : byNamespace.values()) {
            each.addBlocks(ofClasses, blocks);
            ofClasses = each.copyClasses(classes, ofClasses);
            ofWorkloads = each.copyWorkloads(workloads, ofWorkloads);
        }
        return new Topology(
                new Joined<>(classes), blocks, new Joined<>(workloads), classesOf, ranges, List.of(Stranger.ANYONE));
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

    /**
     * For each peer the one of an earlier population that every policy in force both then and now takes it for; -1 where there is none.
     * What a policy makes of a class depends on what is told of it alone, so a class of which the same was told is the same.
     */
    public int[] since(Population before) {
        int[] since = new int[topology.peers()];
        int number = 0;
        int offset = 0;
        var earlierOnes = before.byNamespace.values().iterator();
        @Nullable NamespacePopulation earlier = earlierOnes.hasNext() ? earlierOnes.next() : null;
        for (NamespacePopulation each : byNamespace.values()) {
            while (earlier != null && earlier.namespace().compareTo(each.namespace()) < 0) {
                offset += earlier.classes().size();
                earlier = earlierOnes.hasNext() ? earlierOnes.next() : null;
            }
            if (earlier == each) {
                for (int c = 0; c < each.classes().size(); c++) {
                    since[number++] = offset + c;
                }
                continue;
            }
            Map<PodClass, Integer> known =
                    earlier != null && earlier.namespace().equals(each.namespace()) ? earlier.numbers() : Map.of();
            for (PodClass one : each.classes()) {
                Integer same = before.find(one, known);
                since[number++] = same == null ? -1 : offset + same;
            }
        }
        int held = 0;
        for (int range = 0; range < ranges.size(); range++) {
            // Both cover the whole space in the same order.
            while (before.ranges.get(held).last().compareTo(ranges.get(range).first()) < 0) {
                held++;
            }
            since[topology.peerOfRange(range)] = before.topology.peerOfRange(held);
        }
        for (int stranger = 0; stranger < topology.strangers().size(); stranger++) {
            since[topology.peerOfStranger(stranger)] = before.topology.peerOfStranger(stranger);
        }
        return since;
    }

    private @Nullable Integer find(PodClass later, Map<PodClass, Integer> known) {
        Integer same = known.get(later);
        return same != null || known.isEmpty() ? same : known.get(asTold(later));
    }

    /** A class of another population as this one's vocabulary tells of it. */
    private PodClass asTold(PodClass later) {
        Map<NamedPort, Integer> ports = new HashMap<>(later.ports().numbers());
        ports.keySet().retainAll(vocabulary.ports());
        boolean located = vocabulary.podAddresses()
                || later.host() && !vocabulary.ranges().isEmpty();
        Optional<AddressRange> location =
                located ? later.location().map(range -> ranges.holding(range.first())) : Optional.empty();
        return new PodClass(
                later.namespace(),
                later.namespaceLabels(),
                vocabulary.told(later.namespace(), later.labels()),
                new NamedPorts(ports),
                later.hostNetwork(),
                later.host(),
                later.place(),
                location);
    }
}
