package io.plimsoll.segmentation.topology;

import java.util.Map;

/**
 * A run of classes in one namespace.
 *
 * @param first index of its first class
 * @param end index behind its last class
 */
public record NamespaceBlock(String namespace, Map<String, String> labels, int first, int end) {

    public NamespaceBlock {
        if (first < 0 || end <= first) {
            throw new IllegalArgumentException("not a run of classes: " + first + " to " + end);
        }
        labels = Map.copyOf(labels);
    }
}
