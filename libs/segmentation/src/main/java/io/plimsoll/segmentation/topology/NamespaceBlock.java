package io.plimsoll.segmentation.topology;

import java.util.List;
import java.util.Map;

/**
 * A run of classes in one namespace.
 *
 * @param first index of its first class
 * @param end index behind its last class
 * @param run the classes themselves
 */
public record NamespaceBlock(String namespace, Map<String, String> labels, int first, int end, ClassRun run) {

    public NamespaceBlock {
        if (first < 0 || end <= first) {
            throw new IllegalArgumentException("not a run of classes: " + first + " to " + end);
        }
        labels = Map.copyOf(labels);
    }

    /** The run of the classes from the first to the last of a list. */
    public static NamespaceBlock of(String namespace, Map<String, String> labels, int first, List<PodClass> classes) {
        int end = classes.size();
        return new NamespaceBlock(namespace, labels, first, end, new ClassRun(classes.subList(first, end)));
    }

    /** The same run with another number of its first class. */
    NamespaceBlock from(int other) {
        return other == first ? this : new NamespaceBlock(namespace, labels, other, other + end - first, run);
    }
}
