package io.plimsoll.audit.control.question;

import io.plimsoll.audit.access.Access;
import io.plimsoll.audit.guardrail.Guardrails;
import io.plimsoll.audit.guardrail.PodLevels;
import io.plimsoll.audit.podsecurity.Level;
import io.plimsoll.audit.podsecurity.PodSecurity;
import io.plimsoll.audit.podsecurity.Version;
import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.addon.AddOnCatalogue;
import io.plimsoll.kubernetes.exposure.Entries;
import io.plimsoll.kubernetes.exposure.Entry;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.kubernetes.workload.Workloads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One cluster's objects, indexed, with the joins that controls share; each join is made when first asked. Any thread. */
public final class Cluster {

    private record Name(String kind, String namespace, String name) {}

    private record Place(String kind, String namespace) {}

    private static final List<String> SYSTEM = List.of("kube-system", "kube-public", "kube-node-lease");

    private final ClusterState state;
    private final Map<String, List<Resource>> byKind = new HashMap<>();
    private final Map<Name, Resource> byName = new HashMap<>();
    private final Map<Place, List<Resource>> byPlace = new HashMap<>();
    private final Later<Boolean> onCloud;
    private final Later<Access> access;
    private final Later<List<Workload>> workloads;
    private final Later<Map<String, List<Workload>>> workloadsByNamespace;
    private final Later<Guardrails> guardrails;
    private final Later<Iterable<Target>> targets;
    private final Later<List<Entry>> entries;
    private final Later<Set<ResourceId>> addOns;

    public Cluster(ClusterState state) {
        this.state = state;
        for (Resource each : state.resources()) {
            byKind.computeIfAbsent(each.kind(), kind -> new ArrayList<>()).add(each);
            byName.put(new Name(each.kind(), each.namespace(), each.name()), each);
            byPlace.computeIfAbsent(new Place(each.kind(), each.namespace()), place -> new ArrayList<>())
                    .add(each);
        }
        this.access = new Later<>(() -> new Access(rbac()));
        this.workloads = new Later<>(() -> Workloads.of(state));
        this.workloadsByNamespace = new Later<>(this::byNamespace);
        this.guardrails = new Later<>(() -> Guardrails.of(state, workloads(), new Standards()));
        this.onCloud = new Later<>(this::namesACloud);
        this.entries = new Later<>(() -> Entries.of(state, workloads(), namespace -> Lifecycle.UNSTATED));
        this.addOns = new Later<>(this::knownAddOns);
        this.targets = new Later<>(() -> Targets.of(state, workloads()));
    }

    public ClusterState state() {
        return state;
    }

    /** Objects of one kind in any of the groups, in the order of identity. */
    public List<Resource> all(String kind, String... groups) {
        List<Resource> found = byKind.getOrDefault(kind, List.of());
        if (groups.length == 0) {
            return found;
        }
        return found.stream().filter(each -> each.is(kind, groups)).toList();
    }

    /** Objects of one kind, whatever its group, in a namespace, in the order of identity. */
    public List<Resource> in(String namespace, String kind) {
        return byPlace.getOrDefault(new Place(kind, namespace), List.of());
    }

    /** True when a node names the cloud that provides it. */
    public boolean onCloud() {
        return onCloud.get();
    }

    private boolean namesACloud() {
        return all("Node", "").stream()
                .map(node -> node.spec().text("providerID"))
                .anyMatch(id -> id.startsWith("aws:") || id.startsWith("gce:") || id.startsWith("azure:"));
    }

    /** The object of a kind, whatever its group; null when it is not in the input. */
    public @Nullable Resource find(String kind, String namespace, String name) {
        return byName.get(new Name(kind, namespace, name));
    }

    public Access access() {
        return access.get();
    }

    public List<Workload> workloads() {
        return workloads.get();
    }

    public List<Workload> workloads(String namespace) {
        return workloadsByNamespace.get().getOrDefault(namespace, List.of());
    }

    /** Names of the namespaces that are declared, or that workloads are in, in order. */
    public SortedSet<String> namespaces() {
        SortedSet<String> names = new TreeSet<>(workloadsByNamespace.get().keySet());
        all("Namespace", "").forEach(each -> names.add(each.name()));
        return names;
    }

    public Guardrails guardrails() {
        return guardrails.get();
    }

    /** Every way in from outside. */
    public List<Entry> entries() {
        return entries.get();
    }

    /** True for a workload whose containers all belong to a known add-on. */
    public boolean isAddOn(ResourceId workload) {
        return addOns.get().contains(workload);
    }

    private Set<ResourceId> knownAddOns() {
        AddOnCatalogue catalogue = AddOnCatalogue.builtin();
        return workloads().stream()
                .filter(each -> !catalogue.of(each).isEmpty())
                .map(Workload::id)
                .collect(Collectors.toSet());
    }

    /** What controls are asked of, in the order of identity; each is made when its turn comes. */
    public Iterable<Target> targets() {
        return targets.get();
    }

    /** True for the namespaces Kubernetes makes for itself. */
    public static boolean system(String namespace) {
        return SYSTEM.contains(namespace);
    }

    private List<Resource> rbac() {
        List<Resource> all = new ArrayList<>();
        for (String kind : new String[] {"Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding"}) {
            all.addAll(all(kind, "rbac.authorization.k8s.io"));
        }
        return all;
    }

    private Map<String, List<Workload>> byNamespace() {
        Map<String, List<Workload>> by = new HashMap<>();
        workloads()
                .forEach(each -> by.computeIfAbsent(each.namespace(), name -> new ArrayList<>())
                        .add(each));
        return by;
    }

    /** A value made once, when first asked. */
    private static final class Later<T> {
        private final Supplier<T> make;
        private @Nullable T made;

        Later(Supplier<T> make) {
            this.make = make;
        }

        synchronized T get() {
            T here = made;
            if (here == null) {
                here = make.get();
                made = here;
            }
            return here;
        }
    }

    private static final class Standards implements PodLevels {
        @Override
        public boolean baselineViolated(PodTemplate template) {
            return violated(template, Level.BASELINE);
        }

        @Override
        public boolean restrictedViolated(PodTemplate template) {
            return violated(template, Level.RESTRICTED);
        }

        private static boolean violated(PodTemplate template, Level level) {
            return !PodSecurity.evaluate(template, level, Version.V1_33).isEmpty();
        }
    }
}
