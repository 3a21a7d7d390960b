package io.plimsoll.segmentation.topology;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * For each workload of all namespaces the numbers of its classes, each namespace's own counted on from where its classes begin: where a class came
 * or went, those behind it are others by number alone, and are not written down anew. Immutable.
 */
final class ClassesOfWorkloads extends AbstractList<List<Integer>> implements RandomAccess {

    private final List<NamespacePopulation> namespaces;
    /** Number of the first workload of each, and of all at the end. */
    private final int[] workloads;
    /** Number of the first class of each, and of all at the end. */
    private final int[] classes;

    ClassesOfWorkloads(List<NamespacePopulation> namespaces) {
        this.namespaces = namespaces;
        this.workloads = new int[namespaces.size() + 1];
        this.classes = new int[namespaces.size() + 1];
        for (int n = 0; n < namespaces.size(); n++) {
            workloads[n + 1] = workloads[n] + namespaces.get(n).members().size();
            classes[n + 1] = classes[n] + namespaces.get(n).classes().size();
        }
    }

    /** Number of the first workload of each namespace, and of all at the end; not to be changed. */
    int[] workloads() {
        return workloads;
    }

    /** Number of the first class of each namespace, and of all at the end; not to be changed. */
    int[] classes() {
        return classes;
    }

    @Override
    public int size() {
        return workloads[namespaces.size()];
    }

    @Override
    public List<Integer> get(int workload) {
        if (workload < 0 || workload >= size()) {
            throw new IndexOutOfBoundsException(workload);
        }
        int namespace = Joined.holding(workloads, workload);
        List<Integer> own = namespaces.get(namespace).classesOf().get(workload - workloads[namespace]);
        int first = classes[namespace];
        if (own.size() == 1) {
            return List.of(own.getFirst() + first);
        }
        return own.stream().map(number -> number + first).toList();
    }
}
