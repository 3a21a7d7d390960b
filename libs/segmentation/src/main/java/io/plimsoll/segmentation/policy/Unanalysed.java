package io.plimsoll.segmentation.policy;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A policy that was found and could change a verdict, but is not understood yet.
 *
 * @param hosts true when it can also select pods on the host's network, by selecting nodes
 * @param subjects whom it selects, any of them; empty when that is not known: then everybody in its extent
 */
public record Unanalysed(ResourceId id, Extent extent, boolean hosts, List<Subject> subjects, Source source) {

    public Unanalysed {
        subjects = List.copyOf(subjects);
    }

    /** Whose traffic it can decide. */
    public enum Extent {
        OWN_NAMESPACE(true),
        EVERY_NAMESPACE(true),
        /** Decides above addresses and ports, for instance by requests: it never replaces a NetworkPolicy. */
        OTHER_LAYER(false),
        /** The same for the whole mesh. */
        OTHER_LAYER_EVERYWHERE(false);

        private final boolean allows;

        Extent(boolean allows) {
            this.allows = allows;
        }
    }

    /** Pods that a policy selects, as far as can be told, and the directions it speaks of. */
    public record Subject(LabelSelector namespaces, LabelSelector pods, Set<Direction> directions) {
        public Subject {
            directions = Set.copyOf(directions);
        }
    }

    /** A policy of which it cannot be told whom it selects, in its own namespace or, cluster-wide, anywhere. */
    static Unanalysed withoutSubject(Resource resource) {
        Extent extent = resource.namespace().isEmpty() ? Extent.EVERY_NAMESPACE : Extent.OWN_NAMESPACE;
        return new Unanalysed(resource.id(), extent, false, List.of(), resource.source());
    }

    /** Group and kind, for instance {@code cilium.io/CiliumNetworkPolicy}. */
    public String dialect() {
        return id.group() + "/" + id.kind();
    }

    /** True when it could isolate pods of the namespace. */
    public boolean couldSelectIn(String namespace) {
        return extent.allows && reaches(namespace);
    }

    /** True when it could change what these pods receive or send. */
    public boolean couldChange(
            String namespace, Map<String, String> namespaceLabels, Map<String, String> labels, Direction direction) {
        return reaches(namespace)
                && (subjects.isEmpty()
                        || subjects.stream()
                                .anyMatch(subject -> subject.directions().contains(direction)
                                        && subject.namespaces().matches(namespaceLabels)
                                        && subject.pods().matches(labels)));
    }

    /** True when it can only take away what others allow. */
    public boolean onlyRestricts() {
        return !extent.allows;
    }

    private boolean reaches(String namespace) {
        return switch (extent) {
            case OWN_NAMESPACE, OTHER_LAYER -> id.namespace().equals(namespace);
            case EVERY_NAMESPACE, OTHER_LAYER_EVERYWHERE -> true;
        };
    }
}
