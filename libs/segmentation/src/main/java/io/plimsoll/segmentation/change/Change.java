package io.plimsoll.segmentation.change;

import io.plimsoll.kernel.Source;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One object that is not the same in two states.
 *
 * @param before nothing where it is added
 * @param after nothing where it is removed
 * @param fields where it is changed, the first {@link #FIELDS_MAX} fields that differ, as {@code spec.ingress[0].ports}; else none
 */
public record Change(ResourceId object, Optional<Resource> before, Optional<Resource> after, List<String> fields) {

    public static final int FIELDS_MAX = 3;

    /** Kinds that nothing about the network is read from. */
    private static final Set<String> UNRELATED = Set.of(
            "Secret",
            "ServiceAccount",
            "Role",
            "RoleBinding",
            "ClusterRole",
            "ClusterRoleBinding",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "StorageClass",
            "HorizontalPodAutoscaler",
            "PodDisruptionBudget",
            "ResourceQuota",
            "LimitRange",
            "Lease",
            "Event");

    /** What became of it. */
    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED
    }

    public Change {
        fields = List.copyOf(fields);
    }

    /** The objects that differ and can have to do with the network, in the order of identity. */
    public static List<Change> between(ClusterState before, ClusterState after) {
        Map<ResourceId, Resource> was = byId(before);
        Map<ResourceId, Resource> is = byId(after);
        TreeMap<ResourceId, Change> changes = new TreeMap<>();
        was.forEach((id, resource) -> {
            Resource now = is.get(id);
            if (now == null) {
                changes.put(id, new Change(id, Optional.of(resource), Optional.empty(), List.of()));
            } else {
                List<String> fields = FieldPaths.differing(resource, now, FIELDS_MAX);
                if (!fields.isEmpty()) {
                    changes.put(id, new Change(id, Optional.of(resource), Optional.of(now), fields));
                }
            }
        });
        is.forEach((id, resource) -> {
            if (!was.containsKey(id)) {
                changes.put(id, new Change(id, Optional.empty(), Optional.of(resource), List.of()));
            }
        });
        return changes.values().stream()
                .filter(change -> !UNRELATED.contains(change.object().kind()))
                .toList();
    }

    private static Map<ResourceId, Resource> byId(ClusterState state) {
        Map<ResourceId, Resource> all = new LinkedHashMap<>();
        state.resources().forEach(resource -> all.put(resource.id(), resource));
        return all;
    }

    public Kind kind() {
        if (before.isEmpty()) {
            return Kind.ADDED;
        }
        return after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
    }

    /** Where the object stands in the second state; in the first where it is removed. */
    public Source source() {
        return after.or(() -> before).map(Resource::source).orElse(Source.NONE);
    }

    /** A state with this change alone made to it. */
    ClusterState appliedTo(ClusterState state) {
        return with(state, after);
    }

    /** A state with this change alone taken back. */
    ClusterState revertedIn(ClusterState state) {
        return with(state, before);
    }

    private ClusterState with(ClusterState state, Optional<Resource> instead) {
        List<Resource> all = new ArrayList<>(state.resources());
        all.removeIf(each -> each.id().equals(object));
        instead.ifPresent(all::add);
        return new ClusterState(state.name(), state.mode(), all);
    }
}
