package io.plimsoll.kubernetes.workload;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what runs in a cluster and folds ownership to the top. Pure, any thread. */
public final class Workloads {

    /** Owners are followed at most this far; a longer chain, or a cycle, ends there. */
    private static final int OWNER_CHAIN_MAX = 8;

    /** Where each kind keeps its pod template: path of the object that holds metadata and spec. Empty: the object itself. */
    private static final Map<String, String[]> TEMPLATES = Map.ofEntries(
            Map.entry("Pod", new String[] {}),
            Map.entry("Deployment", new String[] {"spec", "template"}),
            Map.entry("StatefulSet", new String[] {"spec", "template"}),
            Map.entry("DaemonSet", new String[] {"spec", "template"}),
            Map.entry("ReplicaSet", new String[] {"spec", "template"}),
            Map.entry("ReplicationController", new String[] {"spec", "template"}),
            Map.entry("Job", new String[] {"spec", "template"}),
            Map.entry("CronJob", new String[] {"spec", "jobTemplate", "spec", "template"}),
            Map.entry("DeploymentConfig", new String[] {"spec", "template"}),
            Map.entry("Rollout", new String[] {"spec", "template"}),
            Map.entry("CloneSet", new String[] {"spec", "template"}));

    private static final Map<String, List<String>> GROUPS = Map.ofEntries(
            Map.entry("Pod", List.of("")),
            Map.entry("Deployment", List.of("apps", "extensions")),
            Map.entry("StatefulSet", List.of("apps")),
            Map.entry("DaemonSet", List.of("apps", "extensions")),
            Map.entry("ReplicaSet", List.of("apps", "extensions")),
            Map.entry("ReplicationController", List.of("")),
            Map.entry("Job", List.of("batch")),
            Map.entry("CronJob", List.of("batch")),
            Map.entry("DeploymentConfig", List.of("apps.openshift.io", "")),
            Map.entry("Rollout", List.of("argoproj.io")),
            Map.entry("CloneSet", List.of("apps.kruise.io")));

    private static final Pattern TEMPLATE_HASH = Pattern.compile("-[a-z0-9]{6,10}$");

    private Workloads() {}

    /** True for an object that declares or is a pod. */
    public static boolean isWorkload(Resource resource) {
        List<String> groups = GROUPS.get(resource.kind());
        return groups != null && groups.contains(resource.group());
    }

    /** The workloads of a cluster in the order of their identity. Pods that ended (Succeeded, Failed) are left out. */
    public static List<Workload> of(ClusterState state) {
        Map<String, Resource> byName = new HashMap<>();
        for (Resource resource : state.resources()) {
            if (isWorkload(resource)) {
                byName.put(key(resource.namespace(), resource.kind(), resource.name()), resource);
            }
        }
        Map<ResourceId, List<PodTemplate>> folded = new TreeMap<>();
        Map<ResourceId, Boolean> controlled = new HashMap<>();
        for (Resource resource : state.resources()) {
            if (!isWorkload(resource) || ended(resource)) {
                continue;
            }
            ResourceId top = topOwner(resource, byName);
            boolean own = top.equals(resource.id());
            if (!own && formerRevision(resource)) {
                continue;
            }
            List<PodTemplate> templates = folded.computeIfAbsent(top, id -> new ArrayList<>());
            List<PodTemplate> mine = templatesOf(resource);
            // The owner's own template first: it is what people edit.
            templates.addAll(own ? 0 : templates.size(), mine);
            boolean isControlled = !own || !resource.kind().equals("Pod");
            controlled.merge(top, isControlled, (a, b) -> a && b);
        }
        List<Workload> workloads = new ArrayList<>(folded.size());
        folded.forEach(
                (id, templates) -> workloads.add(new Workload(id, templates, controlled.getOrDefault(id, true))));
        return workloads;
    }

    /** The pod specifications of one object and its variants. */
    public static List<PodTemplate> templatesOf(Resource resource) {
        List<PodTemplate> templates = new ArrayList<>();
        for (Resource declared : resource.declared()) {
            String[] path = TEMPLATES.getOrDefault(declared.kind(), new String[] {});
            Value holder = declared.body().at(path);
            String prefix = path.length == 0 ? "spec" : String.join(".", path) + ".spec";
            templates.add(new PodTemplate(declared, prefix, holder.at("metadata"), holder.at("spec")));
        }
        return templates;
    }

    /** A ReplicaSet that its owner keeps at zero, for rolling back: nothing of it runs. */
    private static boolean formerRevision(Resource resource) {
        return resource.kind().equals("ReplicaSet")
                && resource.spec().at("replicas").integer().orElse(1) == 0;
    }

    private static boolean ended(Resource resource) {
        String phase = resource.kind().equals("Pod")
                ? resource.body().at("status", "phase").text().orElse("")
                : "";
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private static ResourceId topOwner(Resource resource, Map<String, Resource> byName) {
        ResourceId here = resource.id();
        Resource current = resource;
        for (int step = 0; step < OWNER_CHAIN_MAX; step++) {
            Value owner = controllerOf(current);
            if (owner == null) {
                return here;
            }
            String kind = owner.text("kind");
            String name = owner.text("name");
            if (kind.isEmpty() || name.isEmpty()) {
                return here;
            }
            Resource next = byName.get(key(resource.namespace(), kind, name));
            if (next != null) {
                here = next.id();
                current = next;
                continue;
            }
            ResourceId unseen =
                    new ResourceId(here.cluster(), groupOf(owner.text("apiVersion")), kind, resource.namespace(), name);
            return foldReplicaSet(unseen, current, byName);
        }
        return here;
    }

    /** A ReplicaSet that was not seen but carries the pod's template hash belongs to the Deployment of that name. */
    private static ResourceId foldReplicaSet(ResourceId owner, Resource pod, Map<String, Resource> byName) {
        if (!owner.kind().equals("ReplicaSet")) {
            return owner;
        }
        String hash = pod.labels().getOrDefault("pod-template-hash", "");
        String name = owner.name();
        String base = !hash.isEmpty() && name.endsWith("-" + hash)
                ? name.substring(0, name.length() - hash.length() - 1)
                : TEMPLATE_HASH.matcher(name).replaceFirst("");
        Resource deployment = byName.get(key(owner.namespace(), "Deployment", base));
        if (deployment != null) {
            return deployment.id();
        }
        return !hash.isEmpty() && !base.equals(name)
                ? new ResourceId(owner.cluster(), "apps", "Deployment", owner.namespace(), base)
                : owner;
    }

    private static @Nullable Value controllerOf(Resource resource) {
        List<Value> owners = resource.body().items("metadata", "ownerReferences");
        for (Value owner : owners) {
            if (owner.isTrue("controller")) {
                return owner;
            }
        }
        return owners.isEmpty() ? null : owners.getFirst();
    }

    private static String groupOf(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    private static String key(String namespace, String kind, String name) {
        return namespace + "\0" + kind + "\0" + name;
    }
}
