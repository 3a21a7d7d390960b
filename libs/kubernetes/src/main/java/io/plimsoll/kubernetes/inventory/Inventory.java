package io.plimsoll.kubernetes.inventory;

import io.plimsoll.kernel.Exposure;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kernel.Source;
import io.plimsoll.kernel.Subject;
import io.plimsoll.kernel.SubjectId;
import io.plimsoll.kernel.SubjectKind;
import io.plimsoll.kernel.Tier;
import io.plimsoll.kernel.declaration.ClusterContext;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.addon.AddOn;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.exposure.Entries;
import io.plimsoll.kubernetes.exposure.Entry;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One cluster's resources joined: who runs where, whose it is, how it is reached, and whether it is an application or part of
 * the platform (stage-gates 3). Immutable, any thread.
 */
public final class Inventory {

    private final ClusterState state;
    private final Map<String, NamespaceFacts> namespaces;
    private final List<InventoriedWorkload> workloads;
    private final List<Entry> entries;

    private Inventory(
            ClusterState state,
            Map<String, NamespaceFacts> namespaces,
            List<InventoriedWorkload> workloads,
            List<Entry> entries) {
        this.state = state;
        this.namespaces = namespaces;
        this.workloads = List.copyOf(workloads);
        this.entries = List.copyOf(entries);
    }

    /** @param violatesBaseline whether a workload breaks the Pod Security baseline: such a one is no platform by neighbourhood */
    public static Inventory of(ClusterState state, AddOnCatalogue catalogue, Predicate<Workload> violatesBaseline) {
        return of(state, catalogue, violatesBaseline, ClusterContext.silent(state.name()));
    }

    /**
     * @param violatesBaseline whether a workload breaks the Pod Security baseline: such a one is no platform by neighbourhood
     * @param declared what people say of this cluster: owners, lifecycles, node addresses
     */
    public static Inventory of(
            ClusterState state,
            AddOnCatalogue catalogue,
            Predicate<Workload> violatesBaseline,
            ClusterContext declared) {
        return of(state, catalogue, violatesBaseline, declared, Memory.NONE);
    }

    /**
     * As without a memory. What is the same as before is the same object again: workloads, their subjects, facts of namespaces.
     *
     * @param memory of this cluster, with this catalogue and predicate
     */
    public static Inventory of(
            ClusterState state,
            AddOnCatalogue catalogue,
            Predicate<Workload> violatesBaseline,
            ClusterContext declared,
            Memory memory) {
        Map<String, NamespaceFacts> namespaces = namespaces(state, declared, memory);
        List<Workload> found = workloads(state, memory);
        ByThemselves told =
                memory.of("by-themselves", "", () -> byThemselves(found, catalogue, violatesBaseline, memory), found);
        List<Entry> entries = Entries.of(state, found, namespace -> lifecycle(namespaces, namespace), memory);
        Map<ResourceId, Exposure> exposures = memory.same(
                "exposures", "", exposures(state, told.onHostPort(), entries, declared.nodeAddressesKnown()));
        List<InventoriedWorkload> workloads = memory.of(
                "inventory",
                "",
                () -> inventoried(found, told, exposures, namespaces, memory),
                found,
                told,
                exposures,
                namespaces);
        return new Inventory(state, namespaces, workloads, entries);
    }

    private static Map<String, NamespaceFacts> namespaces(ClusterState state, ClusterContext declared, Memory memory) {
        Map<String, NamespaceFacts> namespaces = Namespaces.of(state, declared);
        namespaces.replaceAll((name, facts) -> memory.same("namespace", name, facts));
        return memory.same("namespaces", "", namespaces);
    }

    private static List<Workload> workloads(ClusterState state, Memory memory) {
        Object[] origin =
                state.resources().stream().filter(Workloads::isWorkload).toArray();
        return memory.of(
                "workloads",
                "",
                () -> Workloads.of(state).stream()
                        .map(workload -> memory.of("workload", workload.id(), () -> workload, origin(workload)))
                        .toList(),
                origin);
    }

    /** A template is told by the object it stands in. */
    private static Object[] origin(Workload workload) {
        List<Object> origin = new ArrayList<>();
        origin.add(workload.controlled());
        workload.templates().forEach(template -> origin.add(template.resource()));
        return origin.toArray();
    }

    /**
     * What the workloads of a cluster tell without anything else of it.
     *
     * @param parts names of what applications are parts of, by namespace
     */
    private record ByThemselves(
            Map<ResourceId, Set<AddOn>> addOns,
            Map<ResourceId, Tier> tiers,
            Map<ResourceId, String> partOf,
            Map<String, Set<String>> parts,
            Set<ResourceId> onHostPort) {}

    private static ByThemselves byThemselves(
            List<Workload> found, AddOnCatalogue catalogue, Predicate<Workload> violatesBaseline, Memory memory) {
        Map<ResourceId, Set<AddOn>> addOns = new HashMap<>();
        Map<ResourceId, String> partOf = new HashMap<>();
        Set<ResourceId> onHostPort = new HashSet<>();
        for (Workload workload : found) {
            ResourceId id = workload.id();
            addOns.put(id, memory.of("add-ons", id, () -> catalogue.of(workload), workload));
            partOf.put(id, memory.of("part-of", id, () -> partOf(workload), workload));
            if (memory.of("host-port", id, () -> onHostPort(workload), workload)) {
                onHostPort.add(id);
            }
        }
        Set<String> platformNamespaces = platformNamespaces(found, addOns);
        Map<ResourceId, Tier> tiers = new HashMap<>();
        for (Workload workload : found) {
            ResourceId id = workload.id();
            boolean platform = !addOns.getOrDefault(id, Set.of()).isEmpty()
                    || platformNamespaces.contains(workload.namespace())
                            && !memory.of("baseline-violated", id, () -> violatesBaseline.test(workload), workload);
            tiers.put(id, platform ? Tier.PLATFORM : Tier.APPLICATION);
        }
        return new ByThemselves(addOns, tiers, partOf, partsOf(found, tiers, partOf), onHostPort);
    }

    private static List<InventoriedWorkload> inventoried(
            List<Workload> found,
            ByThemselves told,
            Map<ResourceId, Exposure> exposures,
            Map<String, NamespaceFacts> namespaces,
            Memory memory) {
        List<InventoriedWorkload> workloads = new ArrayList<>();
        for (Workload workload : found) {
            ResourceId id = workload.id();
            Subject subject = memory.same("subject", id, subject(workload, namespaces, told, exposures));
            Set<AddOn> known = told.addOns().getOrDefault(id, Set.of());
            workloads.add(memory.of(
                    "inventoried",
                    id,
                    () -> new InventoriedWorkload(workload, subject, known),
                    workload,
                    subject,
                    known));
        }
        return List.copyOf(workloads);
    }

    public ClusterState state() {
        return state;
    }

    public String cluster() {
        return state.name();
    }

    /** By name, in its order. */
    public Map<String, NamespaceFacts> namespaces() {
        return namespaces;
    }

    /** In the order of identity. */
    public List<InventoriedWorkload> workloads() {
        return workloads;
    }

    /** The application workloads, in the order of identity. */
    public List<InventoriedWorkload> applications() {
        return workloads.stream().filter(w -> w.tier() == Tier.APPLICATION).toList();
    }

    /** Namespaces that hold at least one application workload. */
    public Set<String> applicationNamespaces() {
        return applications().stream()
                .map(w -> w.workload().namespace())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every way in, also into platform parts. */
    public List<Entry> entries() {
        return entries;
    }

    /** Everything a control can be asked of in this cluster, in the order of identity. */
    public List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        Set<String> applicationNamespaces = applicationNamespaces();
        Set<String> exposedNamespaces = applications().stream()
                .filter(w -> w.exposure().countsForSecurity())
                .map(w -> w.workload().namespace())
                .collect(Collectors.toSet());
        subjects.add(clusterSubject(!exposedNamespaces.isEmpty(), !applicationNamespaces.isEmpty()));
        for (NamespaceFacts namespace : namespaces.values()) {
            subjects.add(namespaceSubject(
                    namespace,
                    applicationNamespaces.contains(namespace.name()),
                    exposedNamespaces.contains(namespace.name())));
        }
        for (InventoriedWorkload workload : workloads) {
            subjects.add(workload.subject());
            subjects.addAll(imageSubjects(workload));
        }
        Set<ResourceId> applicationIds =
                applications().stream().map(w -> w.workload().id()).collect(Collectors.toSet());
        for (Entry entry : entries) {
            if (entry.backends().stream().anyMatch(applicationIds::contains)) {
                subjects.add(objectSubject(entry.subjectId(), entry.resource(), Set.of(Subject.HOLDS_EXPOSED)));
            }
        }
        for (String kind : new String[] {"ClusterRoleBinding", "RoleBinding"}) {
            for (Resource binding : state.all(kind, "rbac.authorization.k8s.io")) {
                subjects.add(objectSubject(bindingId(binding), binding, Set.of()));
            }
        }
        for (Resource node : state.all("Node", "")) {
            subjects.add(objectSubject(
                    new SubjectId(SubjectKind.NODE, cluster(), "", "Node", node.name(), ""), node, Set.of()));
        }
        subjects.sort(null);
        return subjects;
    }

    public static SubjectId bindingId(Resource binding) {
        return new SubjectId(
                SubjectKind.BINDING, binding.id().cluster(), binding.namespace(), binding.kind(), binding.name(), "");
    }

    private Subject clusterSubject(boolean exposed, boolean holdsApplications) {
        Set<String> flags = new HashSet<>();
        if (exposed) {
            flags.add(Subject.HOLDS_EXPOSED);
        }
        if (holdsApplications) {
            flags.add(Subject.APPLICATION_NAMESPACE);
        }
        return Subject.ofEstate(SubjectId.ofCluster(cluster()), flags, Source.NONE);
    }

    private Subject namespaceSubject(NamespaceFacts namespace, boolean application, boolean exposed) {
        Set<String> flags = new HashSet<>();
        if (application) {
            flags.add(Subject.APPLICATION_NAMESPACE);
        }
        if (exposed) {
            flags.add(Subject.HOLDS_EXPOSED);
        }
        return new Subject(
                SubjectId.ofNamespace(cluster(), namespace.name()),
                namespace.owner(),
                "",
                application ? Tier.APPLICATION : Tier.PLATFORM,
                Exposure.NONE,
                namespace.lifecycle(),
                flags,
                namespace.source());
    }

    /** One a container name, over all that was declared for the workload: a variant may add a container, or another image. */
    private static Collection<Subject> imageSubjects(InventoriedWorkload workload) {
        Map<String, Source> sources = new TreeMap<>();
        Map<String, Set<String>> images = new TreeMap<>();
        for (PodTemplate template : workload.workload().templates()) {
            for (Container container : template.containers()) {
                sources.putIfAbsent(container.name(), template.sourceOf(container.body()));
                images.computeIfAbsent(container.name(), name -> new TreeSet<>())
                        .add(container.image());
            }
        }
        List<Subject> subjects = new ArrayList<>();
        sources.forEach((container, source) -> subjects.add(imageSubject(
                workload.subject(), container, String.join(" ", images.getOrDefault(container, Set.of())), source)));
        return subjects;
    }

    private static Subject imageSubject(Subject of, String container, String images, Source source) {
        SubjectId id = of.id();
        return new Subject(
                new SubjectId(SubjectKind.IMAGE, id.cluster(), id.namespace(), id.object(), id.name(), container),
                of.team(),
                of.application(),
                of.tier(),
                of.exposure(),
                of.lifecycle(),
                of.flags(),
                images,
                source);
    }

    private Subject objectSubject(SubjectId id, Resource resource, Set<String> flags) {
        NamespaceFacts namespace = namespaces.get(resource.namespace());
        return new Subject(
                id,
                namespace == null ? "" : namespace.owner(),
                "",
                Tier.APPLICATION,
                Exposure.NONE,
                namespace == null ? Lifecycle.UNSTATED : namespace.lifecycle(),
                flags,
                resource.source());
    }

    private static Subject subject(
            Workload workload,
            Map<String, NamespaceFacts> namespaces,
            ByThemselves told,
            Map<ResourceId, Exposure> exposures) {
        NamespaceFacts namespace = namespaces.get(workload.namespace());
        Tier tier = told.tiers().getOrDefault(workload.id(), Tier.APPLICATION);
        String application = "";
        if (tier == Tier.APPLICATION) {
            String part = told.partOf().getOrDefault(workload.id(), "");
            boolean finer =
                    told.parts().getOrDefault(workload.namespace(), Set.of()).size() > 1;
            application = finer && !part.isEmpty() ? part : workload.namespace();
        }
        return new Subject(
                workload.subjectId(),
                namespace == null ? "" : namespace.owner(),
                application,
                tier,
                exposures.getOrDefault(workload.id(), Exposure.NONE),
                namespace == null ? Lifecycle.UNSTATED : namespace.lifecycle(),
                workload.longRunning() ? Set.of(Subject.LONG_RUNNING) : Set.of(),
                workload.source());
    }

    private static Map<String, Set<String>> partsOf(
            List<Workload> workloads, Map<ResourceId, Tier> tiers, Map<ResourceId, String> partOf) {
        Map<String, Set<String>> parts = new HashMap<>();
        for (Workload workload : workloads) {
            String part = partOf.getOrDefault(workload.id(), "");
            if (!part.isEmpty() && tiers.get(workload.id()) == Tier.APPLICATION) {
                parts.computeIfAbsent(workload.namespace(), ns -> new TreeSet<>())
                        .add(part);
            }
        }
        return parts;
    }

    private static String partOf(Workload workload) {
        String key = "app.kubernetes.io/part-of";
        Map<String, String> own = workload.template().resource().labels();
        return own.getOrDefault(key, workload.template().labels().getOrDefault(key, ""));
    }

    /** Namespaces, never {@code default}, of which half or more of the workloads are catalogued. */
    private static Set<String> platformNamespaces(List<Workload> workloads, Map<ResourceId, Set<AddOn>> addOns) {
        Map<String, int[]> counts = new TreeMap<>();
        for (Workload workload : workloads) {
            int[] count = counts.computeIfAbsent(workload.namespace(), ns -> new int[2]);
            count[0]++;
            count[1] += addOns.getOrDefault(workload.id(), Set.of()).isEmpty() ? 0 : 1;
        }
        Set<String> platform = new HashSet<>();
        counts.forEach((namespace, count) -> {
            if (!namespace.equals("default") && count[1] > 0 && 2 * count[1] >= count[0]) {
                platform.add(namespace);
            }
        });
        return platform;
    }

    private static Map<ResourceId, Exposure> exposures(
            ClusterState state, Set<ResourceId> onHostPort, List<Entry> entries, boolean nodeAddressDeclared) {
        boolean nodeAddressKnown = nodeAddressDeclared;
        for (Resource node : state.all("Node", "")) {
            for (Value address : node.body().items("status", "addresses")) {
                nodeAddressKnown |= address.text("type").equals("ExternalIP");
            }
        }
        Map<ResourceId, Exposure> exposures = new HashMap<>();
        for (ResourceId id : onHostPort) {
            exposures.put(id, nodeAddressKnown ? Exposure.SHOWN : Exposure.HOST_PORT);
        }
        for (Entry entry : entries) {
            Exposure exposure = entry.shown() ? Exposure.SHOWN : Exposure.REQUESTED;
            for (ResourceId backend : entry.backends()) {
                exposures.merge(backend, exposure, (a, b) -> a.compareTo(b) >= 0 ? a : b);
            }
        }
        return exposures;
    }

    private static boolean onHostPort(Workload workload) {
        for (PodTemplate template : workload.templates()) {
            if (template.hostNetwork()) {
                return true;
            }
            for (Container container : template.containers()) {
                for (Value port : container.body().items("ports")) {
                    if (port.at("hostPort").integer().orElse(0) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static Lifecycle lifecycle(Map<String, NamespaceFacts> namespaces, String name) {
        NamespaceFacts namespace = namespaces.get(name);
        return namespace == null ? Lifecycle.UNSTATED : namespace.lifecycle();
    }
}
