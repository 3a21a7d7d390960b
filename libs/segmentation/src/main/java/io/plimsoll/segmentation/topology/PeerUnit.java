package io.plimsoll.segmentation.topology;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Which pods are one peer in an answer. */
public enum PeerUnit {
    /** Pods of one top owner, an owner that was not given taken at its name; nothing is guessed about owners of owners. */
    OWNER,
    /** As owners, but what makes pods is not folded into an owner of its own that is not in the input, such as an operator's. */
    CONTROLLER,
    /** Each pod by itself, and each owner for the pods it will make. */
    POD;

    /** Kinds that others make as they go. */
    private static final Set<String> MADE = Set.of("Pod", "ReplicaSet", "Job");

    /** Owners are followed at most this far; a longer chain, or a cycle, ends there. */
    private static final int OWNER_CHAIN_MAX = 8;

    /** The peers of a cluster in the order of their identity. */
    public List<Workload> of(ClusterState state) {
        Map<String, Resource> given = new HashMap<>();
        List<Resource> sources = new ArrayList<>();
        for (Resource resource : state.resources()) {
            if (Workloads.isWorkload(resource)) {
                given.put(key(resource, resource.kind(), resource.name()), resource);
                sources.add(resource);
            }
        }
        Map<ResourceId, List<PodTemplate>> byPeer = new TreeMap<>();
        for (Resource resource : sources) {
            ResourceId peer = this == POD ? resource.id() : owner(resource, given, this);
            if (peer.equals(resource.id()) || !isFormerRevision(resource)) {
                byPeer.computeIfAbsent(peer, id -> new ArrayList<>()).addAll(Workloads.templatesOf(resource));
            }
        }
        List<Workload> workloads = new ArrayList<>(byPeer.size());
        byPeer.forEach((id, templates) ->
                workloads.add(new Workload(id, templates, !id.kind().equals("Pod"))));
        return workloads;
    }

    /** A ReplicaSet that its owner keeps at zero, for rolling back: nothing of it runs. */
    private static boolean isFormerRevision(Resource resource) {
        return resource.kind().equals("ReplicaSet")
                && resource.spec().at("replicas").integer().orElse(1) == 0;
    }

    private static ResourceId owner(Resource resource, Map<String, Resource> given, PeerUnit unit) {
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
            Resource next = given.get(key(here, kind, owner.text("name")));
            if (next == null && unit == CONTROLLER && !MADE.contains(here.kind())) {
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

    private static String key(Resource beside, String kind, String name) {
        return beside.namespace() + "\0" + kind + "\0" + name;
    }
}
