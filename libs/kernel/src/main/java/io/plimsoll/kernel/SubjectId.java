package io.plimsoll.kernel;

import java.util.Comparator;

/**
 * Identity of a subject. Empty string means "has none": the organisation has no cluster, a namespace no container.
 *
 * @param object kind of the Kubernetes object behind it, for instance {@code Deployment}
 * @param container set for images only: the container that names the image
 */
public record SubjectId(
        SubjectKind kind, String cluster, String namespace, String object, String name, String container)
        implements Comparable<SubjectId> {

    private static final Comparator<SubjectId> ORDER = Comparator.comparing(SubjectId::kind)
            .thenComparing(SubjectId::cluster)
            .thenComparing(SubjectId::namespace)
            .thenComparing(SubjectId::object)
            .thenComparing(SubjectId::name)
            .thenComparing(SubjectId::container);

    /** Odd and without a pattern: where parts differ by a digit, as {@code app-1} and {@code team-2} do, 31 would make them meet. */
    private static final int SPREAD = 0x9E37_79B1;

    public static SubjectId organisation() {
        return new SubjectId(SubjectKind.ORGANISATION, "", "", "Organisation", "", "");
    }

    public static SubjectId ofCluster(String cluster) {
        return new SubjectId(SubjectKind.CLUSTER, cluster, "", "Cluster", cluster, "");
    }

    public static SubjectId ofNamespace(String cluster, String namespace) {
        return new SubjectId(SubjectKind.NAMESPACE, cluster, namespace, "Namespace", namespace, "");
    }

    @Override
    public int compareTo(SubjectId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public int hashCode() {
        int hash = kind.ordinal();
        hash = hash * SPREAD + cluster.hashCode();
        hash = hash * SPREAD + namespace.hashCode();
        hash = hash * SPREAD + object.hashCode();
        hash = hash * SPREAD + name.hashCode();
        hash = hash * SPREAD + container.hashCode();
        return hash ^ hash >>> 15;
    }

    /** For people: {@code prod/shop Deployment/cart (server)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(cluster);
        if (!namespace.isEmpty()) {
            text.append(text.isEmpty() ? "" : "/").append(namespace);
        }
        text.append(text.isEmpty() ? "" : " ").append(object).append('/').append(name);
        if (!container.isEmpty()) {
            text.append(" (").append(container).append(')');
        }
        return text.toString();
    }
}
