package io.plimsoll.segmentation.picture;

import io.plimsoll.kubernetes.ResourceId;
import java.util.List;

/**
 * Workloads of one namespace with equal connections.
 *
 * @param workloads in the order of identity, at least one
 * @param classes of their pods, ascending; empty for workloads whose pods all ended
 */
public record Group(String namespace, List<ResourceId> workloads, List<Integer> classes) {

    public Group {
        workloads = List.copyOf(workloads);
        classes = List.copyOf(classes);
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException("a group of no workloads");
        }
    }

    int size() {
        return workloads.size();
    }
}
