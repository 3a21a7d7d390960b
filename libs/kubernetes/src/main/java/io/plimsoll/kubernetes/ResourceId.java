package io.plimsoll.kubernetes;

import java.util.function.IntFunction;

/**
 * Identity of one Kubernetes object. The API version is not part of it: {@code apps/v1} and {@code apps/v1beta1} name one
 * object. Namespace is empty for cluster-wide kinds.
 */
public record ResourceId(String cluster, String group, String kind, String namespace, String name)
        implements Comparable<ResourceId> {

    /** Odd and without a pattern: where parts differ by a digit, as {@code app-1} and {@code team-2} do, 31 would make them meet. */
    private static final int SPREAD = 0x9E37_79B1;

    /** By cluster, namespace, kind, group and name. Clusters are sorted by it at each change: that is why it is spelled out. */
    @Override
    public int compareTo(ResourceId other) {
        int order = cluster.compareTo(other.cluster);
        order = order == 0 ? namespace.compareTo(other.namespace) : order;
        order = order == 0 ? kind.compareTo(other.kind) : order;
        order = order == 0 ? group.compareTo(other.group) : order;
        return order == 0 ? name.compareTo(other.name) : order;
    }

    /**
     * Finds an identity among sorted ones.
     *
     * @param from the first place looked at
     * @param end behind the last
     * @param at the identity at a place
     * @return its place; where it is not there, less than 0: one less than the negative of where it would stand
     */
    public static int search(int from, int end, IntFunction<ResourceId> at, ResourceId wanted) {
        int low = from;
        int high = end - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = at.apply(middle).compareTo(wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    @Override
    public int hashCode() {
        int hash = cluster.hashCode();
        hash = hash * SPREAD + group.hashCode();
        hash = hash * SPREAD + kind.hashCode();
        hash = hash * SPREAD + namespace.hashCode();
        hash = hash * SPREAD + name.hashCode();
        return hash ^ hash >>> 15;
    }

    @Override
    public String toString() {
        return (namespace.isEmpty() ? "" : namespace + "/") + kind + "/" + name;
    }
}
