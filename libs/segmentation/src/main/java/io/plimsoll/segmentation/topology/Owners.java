package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who owns whom among what makes pods. One thread. */
final class Owners {

    /** Kinds that others make as they go. */
    private static final Set<String> MADE = Set.of("Pod", "ReplicaSet", "Job");

    /** Owners are followed at most this far; a longer chain, or a cycle, ends there. */
    private static final int OWNER_CHAIN_MAX = 8;

    private final PeerUnit unit;

    /** By namespace, kind and name; groups are not told apart, as owner references of old say another than is served. */
    private final Map<String, TreeMap<ResourceId, Resource>> given = new HashMap<>();

    Owners(PeerUnit unit) {
        this.unit = unit;
    }

    void put(Resource resource) {
        given.computeIfAbsent(key(resource.id()), unused -> new TreeMap<>()).put(resource.id(), resource);
    }

    void remove(ResourceId id) {
        given.computeIfPresent(key(id), (unused, all) -> {
            all.remove(id);
            return all.isEmpty() ? null : all;
        });
    }

    private @Nullable Resource find(String key) {
        TreeMap<ResourceId, Resource> all = given.get(key);
        return all == null ? null : all.lastEntry().getValue();
    }

    /**
     * The peer that an object belongs to.
     *
     * @param asked gets the key of each owner that was looked for, be it there or not
     */
    ResourceId of(Resource resource, Consumer<String> asked) {
        if (unit == PeerUnit.POD) {
            return resource.id();
        }
        Resource here = resource;
        for (int step = 0; step < OWNER_CHAIN_MAX; step++) {
            List<Value> owners = here.body().items("metadata", "ownerReferences");
            if (owners.isEmpty()) {
                return here.id();
            }
            Value owner = owners.stream()
                    .filter(each -> each.isTrue("controller"))
                    .findFirst()
                    .orElse(owners.getFirst());
            // An owner that does not say what it is still tells which pods belong together.
            String kind = owner.text("kind").isEmpty() ? here.kind() : owner.text("kind");
            String key = key(here.namespace(), kind, owner.text("name"));
            asked.accept(key);
            Resource next = find(key);
            if (next == null && unit == PeerUnit.CONTROLLER && !MADE.contains(here.kind())) {
                return here.id();
            }
            if (next == null) {
                return owner.text("name").isEmpty() ? here.id() : unseen(here, owner, kind);
            }
            here = next;
        }
        return here.id();
    }

    private static ResourceId unseen(Resource owned, Value owner, String kind) {
        String version = owner.text("apiVersion");
        String group = version.indexOf('/') < 0 ? "" : version.substring(0, version.indexOf('/'));
        return new ResourceId(owned.id().cluster(), group, kind, owned.namespace(), owner.text("name"));
    }

    static String key(ResourceId id) {
        return key(id.namespace(), id.kind(), id.name());
    }

    private static String key(String namespace, String kind, String name) {
        return namespace + "\0" + kind + "\0" + name;
    }

    /** The objects that make pods, in the order of identity. */
    List<Resource> all() {
        TreeMap<ResourceId, Resource> sorted = new TreeMap<>();
        given.values().forEach(sorted::putAll);
        return new ArrayList<>(sorted.values());
    }
}
