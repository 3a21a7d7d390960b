package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceChange;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which pods are one peer in a cluster that changes: an object that comes, changes or goes is looked at again, and so is whatever was asked
 * of it who owns whom. One thread; the workloads handed out are immutable.
 */
public final class FollowedPeers {

    private final Owners owners;
    private final Map<ResourceId, Resource> objects = new HashMap<>();
    private final Map<ResourceId, ResourceId> peerOf = new HashMap<>();

    /** By the key of an owner the objects that looked for it. */
    private final Map<String, Set<ResourceId>> lookingFor = new HashMap<>();

    private final Map<ResourceId, Set<String>> looked = new HashMap<>();
    private final Map<ResourceId, TreeMap<ResourceId, Resource>> members = new HashMap<>();
    private final Map<String, TreeMap<ResourceId, Workload>> byNamespace = new TreeMap<>();

    public FollowedPeers(ClusterState state, PeerUnit unit) {
        this.owners = new Owners(unit);
        List<Resource> there =
                state.resources().stream().filter(Workloads::isWorkload).toList();
        there.forEach(owners::put);
        Set<ResourceId> peers = new TreeSet<>();
        for (Resource resource : there) {
            objects.put(resource.id(), resource);
            join(resource, peers);
        }
        peers.forEach(this::make);
    }

    /** The peers in the order of their identity. */
    public List<Workload> all() {
        return byNamespace.values().stream()
                .flatMap(there -> there.values().stream())
                .toList();
    }

    /**
     * Takes changes in.
     *
     * @return for each namespace with other peers than before all that it has now, in the order of identity
     */
    public Map<String, List<Workload>> after(Collection<ResourceChange> changes) {
        Set<ResourceId> again = new LinkedHashSet<>();
        for (ResourceChange change : changes) {
            ResourceId id = change.id();
            boolean makesPods = change.now().filter(Workloads::isWorkload).isPresent();
            if (!makesPods && !objects.containsKey(id)) {
                continue;
            }
            if (makesPods) {
                Resource now = change.now().get();
                owners.put(now);
                objects.put(id, now);
            } else {
                owners.remove(id);
                objects.remove(id);
            }
            again.add(id);
            again.addAll(lookingFor.getOrDefault(Owners.key(id), Set.of()));
        }
        followOn(again);
        Set<ResourceId> peers = new TreeSet<>();
        again.forEach(id -> leave(id, peers));
        for (ResourceId id : again) {
            Resource resource = objects.get(id);
            if (resource != null) {
                join(resource, peers);
            }
        }
        Set<String> namespaces = new TreeSet<>();
        for (ResourceId peer : peers) {
            make(peer);
            namespaces.add(peer.namespace());
        }
        Map<String, List<Workload>> changed = new TreeMap<>();
        for (String namespace : namespaces) {
            changed.put(
                    namespace,
                    List.copyOf(
                            byNamespace.getOrDefault(namespace, new TreeMap<>()).values()));
        }
        return changed;
    }

    /** What looks for one of them looks for all that it leads to, so those who look are found in one step already. */
    private void followOn(Set<ResourceId> again) {
        List<ResourceId> open = new ArrayList<>(again);
        while (!open.isEmpty()) {
            ResourceId id = open.removeLast();
            for (ResourceId other : lookingFor.getOrDefault(Owners.key(id), Set.of())) {
                if (again.add(other)) {
                    open.add(other);
                }
            }
        }
    }

    private void leave(ResourceId id, Set<ResourceId> peers) {
        ResourceId peer = peerOf.remove(id);
        if (peer != null) {
            peers.add(peer);
            members.computeIfPresent(peer, (unused, all) -> {
                all.remove(id);
                return all.isEmpty() ? null : all;
            });
        }
        Set<String> keys = looked.remove(id);
        if (keys != null) {
            for (String key : keys) {
                lookingFor.computeIfPresent(key, (unused, all) -> {
                    all.remove(id);
                    return all.isEmpty() ? null : all;
                });
            }
        }
    }

    private void join(Resource resource, Set<ResourceId> peers) {
        Set<String> keys = new HashSet<>(4);
        ResourceId peer = owners.of(resource, keys::add);
        looked.put(resource.id(), keys);
        keys.forEach(key ->
                lookingFor.computeIfAbsent(key, unused -> new HashSet<>()).add(resource.id()));
        if (peer.equals(resource.id()) || !isFormerRevision(resource)) {
            peerOf.put(resource.id(), peer);
            members.computeIfAbsent(peer, unused -> new TreeMap<>()).put(resource.id(), resource);
            peers.add(peer);
        }
    }

    private void make(ResourceId peer) {
        Map<ResourceId, Resource> all = members.get(peer);
        if (all == null) {
            byNamespace.computeIfPresent(peer.namespace(), (unused, there) -> {
                there.remove(peer);
                return there.isEmpty() ? null : there;
            });
            return;
        }
        List<PodTemplate> templates = new ArrayList<>(all.size());
        all.values().forEach(resource -> templates.addAll(Workloads.templatesOf(resource)));
        byNamespace
                .computeIfAbsent(peer.namespace(), unused -> new TreeMap<>())
                .put(peer, new Workload(peer, templates, !peer.kind().equals("Pod")));
    }

    /** A ReplicaSet that its owner keeps at zero, for rolling back: nothing of it runs. */
    private static boolean isFormerRevision(Resource resource) {
        return resource.kind().equals("ReplicaSet")
                && resource.spec().at("replicas").integer().orElse(1) == 0;
    }
}
