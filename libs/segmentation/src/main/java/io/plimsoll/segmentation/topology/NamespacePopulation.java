package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workloads of one namespace and their classes, numbered from 0 within it. Immutable but for {@link #words}. */
final class NamespacePopulation {

    private final String namespace;
    private final List<WorkloadClasses> members;
    private final Workload[] workloads;
    private final PodClass[] classes;
    private final List<NamespaceBlock> blocks = new ArrayList<>();
    private final List<List<Integer>> classesOf = new ArrayList<>();

    /** Null where nobody asked yet, or the namespace of a later state has them. */
    private @Nullable Words words;

    /** @param members in the order of their identity */
    NamespacePopulation(String namespace, List<WorkloadClasses> members) {
        this.namespace = namespace;
        this.members = List.copyOf(members);
        this.workloads = members.stream().map(WorkloadClasses::workload).toArray(Workload[]::new);
        Map<PodClass, Integer> numbers = HashMap.newHashMap(members.size());
        List<List<PodClass>> runs = new ArrayList<>(1);
        for (WorkloadClasses member : members) {
            for (PodClass one : member.classes()) {
                if (numbers.putIfAbsent(one, -1) == null) {
                    runOf(one.namespaceLabels(), runs).add(one);
                }
            }
        }
        List<PodClass> classes = new ArrayList<>(numbers.size());
        for (List<PodClass> run : runs) {
            int first = classes.size();
            for (PodClass one : run) {
                numbers.put(one, classes.size());
                classes.add(one);
            }
            blocks.add(NamespaceBlock.of(namespace, run.getFirst().namespaceLabels(), first, classes));
        }
        this.classes = classes.toArray(PodClass[]::new);
        for (WorkloadClasses member : members) {
            // One as a rule.
            classesOf.add(
                    member.classes().size() == 1
                            ? List.of(numbers.get(member.classes().iterator().next()))
                            : member.classes().stream()
                                    .map(numbers::get)
                                    .sorted()
                                    .toList());
        }
    }

    /** The run of classes with some labels of the namespace: one as a rule. */
    private static List<PodClass> runOf(Map<String, String> labels, List<List<PodClass>> runs) {
        for (List<PodClass> run : runs) {
            if (run.getFirst().namespaceLabels().equals(labels)) {
                return run;
            }
        }
        List<PodClass> fresh = new ArrayList<>();
        runs.add(fresh);
        return fresh;
    }

    String namespace() {
        return namespace;
    }

    List<WorkloadClasses> members() {
        return members;
    }

    /** In their order; not to be changed. */
    Workload[] workloads() {
        return workloads;
    }

    /** The same as {@link #classes}; not to be changed. */
    PodClass[] classArray() {
        return classes;
    }

    /** How many runs of classes it has. */
    int blocks() {
        return blocks.size();
    }

    /** What its pods could be told apart by, for one thread. */
    Words words() {
        Words known = words;
        if (known == null) {
            known = new Words(members);
            words = known;
        }
        return known;
    }

    /**
     * The namespace with other members; what was looked up of its words goes on with it. One thread.
     *
     * @param all members there are now
     */
    NamespacePopulation later(
            List<WorkloadClasses> all, Collection<WorkloadClasses> gone, Collection<WorkloadClasses> come) {
        NamespacePopulation later = new NamespacePopulation(namespace, all);
        if (words != null) {
            later.words = words.later(later.members, gone, come);
            words = null;
        }
        return later;
    }

    /** By the workload itself, not what equals it. */
    Map<Workload, WorkloadClasses> byWorkload() {
        Map<Workload, WorkloadClasses> byWorkload = new IdentityHashMap<>();
        members.forEach(member -> byWorkload.put(member.workload(), member));
        return byWorkload;
    }

    List<PodClass> classes() {
        return Arrays.asList(classes);
    }

    /** The number of each class. */
    Map<PodClass, Integer> numbers() {
        Map<PodClass, Integer> numbers = HashMap.newHashMap(classes.length);
        for (int c = 0; c < classes.length; c++) {
            numbers.put(classes[c], c);
        }
        return numbers;
    }

    /** Adds the runs of classes with equal labels of the namespace, as if the first class of the namespace had this number. */
    void addBlocks(int first, List<NamespaceBlock> all) {
        for (NamespaceBlock block : blocks) {
            all.add(block.from(block.first() + first));
        }
    }

    /** For each workload its classes, numbered within the namespace. */
    List<List<Integer>> classesOf() {
        return classesOf;
    }
}
