package io.plimsoll.segmentation.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A run of classes in one namespace.
 *
 * @param first index of its first class
 * @param end index behind its last class
 * @param onHostsNetwork the places within the run of classes of {@link PodClass#hostNetwork}, ascending: they are few and asked for at each change
 */
public record NamespaceBlock(
        String namespace, Map<String, String> labels, int first, int end, List<Integer> onHostsNetwork) {

    public NamespaceBlock {
        if (first < 0 || end <= first) {
            throw new IllegalArgumentException("not a run of classes: " + first + " to " + end);
        }
        labels = Map.copyOf(labels);
        onHostsNetwork = List.copyOf(onHostsNetwork);
    }

    /** The run of the classes from the first to the last of a list. */
    public static NamespaceBlock of(String namespace, Map<String, String> labels, int first, List<PodClass> classes) {
        List<Integer> onHostsNetwork = new ArrayList<>(0);
        for (int c = first; c < classes.size(); c++) {
            if (classes.get(c).hostNetwork()) {
                onHostsNetwork.add(c - first);
            }
        }
        return new NamespaceBlock(namespace, labels, first, classes.size(), onHostsNetwork);
    }

    /** The same run with another number of its first class. */
    NamespaceBlock from(int other) {
        return other == first
                ? this
                : new NamespaceBlock(namespace, labels, other, other + end - first, onHostsNetwork);
    }
}
