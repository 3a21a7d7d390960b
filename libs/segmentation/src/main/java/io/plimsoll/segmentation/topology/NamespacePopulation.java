package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workloads of one namespace and their classes, numbered from 0 within it. Immutable. */
final class NamespacePopulation {

    private final String namespace;
    private final List<WorkloadClasses> members;
    private final List<Workload> workloads;
    private final List<PodClass> classes = new ArrayList<>();
    private final List<NamespaceBlock> blocks = new ArrayList<>();
    private final List<List<Integer>> classesOf = new ArrayList<>();

    /** @param members in the order of their identity */
    NamespacePopulation(String namespace, List<WorkloadClasses> members) {
        this.namespace = namespace;
        this.members = List.copyOf(members);
        this.workloads = members.stream().map(WorkloadClasses::workload).toList();
        Map<Map<String, String>, Map<PodClass, List<Integer>>> byLabels = new LinkedHashMap<>();
        List<List<Integer>> numbers = new ArrayList<>();
        for (int w = 0; w < members.size(); w++) {
            numbers.add(new ArrayList<>(1));
            for (PodClass one : members.get(w).classes()) {
                byLabels.computeIfAbsent(one.namespaceLabels(), unused -> new LinkedHashMap<>())
                        .computeIfAbsent(one, unused -> new ArrayList<>())
                        .add(w);
            }
        }
        byLabels.forEach((labels, run) -> {
            blocks.add(new NamespaceBlock(namespace, labels, classes.size(), classes.size() + run.size()));
            run.forEach((one, workloads) -> {
                for (int w : workloads) {
                    numbers.get(w).add(classes.size());
                }
                classes.add(one);
            });
        });
        numbers.forEach(mine -> classesOf.add(List.copyOf(mine)));
    }

    String namespace() {
        return namespace;
    }

    List<WorkloadClasses> members() {
        return members;
    }

    List<Workload> workloads() {
        return workloads;
    }

    /** By the workload itself, not what equals it. */
    Map<Workload, WorkloadClasses> byWorkload() {
        Map<Workload, WorkloadClasses> byWorkload = new IdentityHashMap<>();
        members.forEach(member -> byWorkload.put(member.workload(), member));
        return byWorkload;
    }

    List<PodClass> classes() {
        return classes;
    }

    /** The number of each class. */
    Map<PodClass, Integer> numbers() {
        Map<PodClass, Integer> numbers = new HashMap<>();
        for (int c = 0; c < classes.size(); c++) {
            numbers.put(classes.get(c), c);
        }
        return numbers;
    }

    /** The runs of classes with equal labels of the namespace, as if the first class of the namespace had this number. */
    List<NamespaceBlock> blocks(int first) {
        return blocks.stream()
                .map(block -> new NamespaceBlock(namespace, block.labels(), block.first() + first, block.end() + first))
                .toList();
    }

    /** For each workload its classes, numbered within the namespace. */
    List<List<Integer>> classesOf() {
        return classesOf;
    }
}
