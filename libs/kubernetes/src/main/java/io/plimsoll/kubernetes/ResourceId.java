package io.plimsoll.kubernetes;

import java.util.Comparator;

/**
 * Identity of one Kubernetes object. The API version is not part of it: {@code apps/v1} and {@code apps/v1beta1} name one
 * object. Namespace is empty for cluster-wide kinds.
 */
public record ResourceId(String cluster, String group, String kind, String namespace, String name)
        implements Comparable<ResourceId> {

    private static final Comparator<ResourceId> ORDER = Comparator.comparing(ResourceId::cluster)
            .thenComparing(ResourceId::namespace)
            .thenComparing(ResourceId::kind)
            .thenComparing(ResourceId::group)
            .thenComparing(ResourceId::name);

    @Override
    public int compareTo(ResourceId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return (namespace.isEmpty() ? "" : namespace + "/") + kind + "/" + name;
    }
}
