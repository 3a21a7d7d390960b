package io.plimsoll.kubernetes.exposure;

import io.plimsoll.kernel.Lifecycle;
import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.memory.Memory;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The ways into a cluster (stage-gates 3: exposed, shown and requested): Ingress, Gateway API routes bound to a gateway,
 * Istio virtual services bound to a gateway, OpenShift routes, LoadBalancer and NodePort Services.
 */
public final class Entries {

    /** Annotations by which a controller is told to end TLS (stage-gates 8.5). */
    private static final List<String> TLS_ANNOTATIONS = List.of(
            "alb.ingress.kubernetes.io/certificate-arn",
            "ingress.gcp.kubernetes.io/pre-shared-cert",
            "networking.gke.io/managed-certificates",
            "networking.gke.io/v1beta1.FrontendConfig",
            "kubernetes.azure.com/tls-cert-keyvault-uri",
            "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
            "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
            "service.beta.kubernetes.io/do-loadbalancer-certificate-id",
            "ingress.kubernetes.io/ssl-cert");

    /** Kubernetes documentation, Service, "Internal load balancer", and what providers had before. */
    private static final Map<String, String> INTERNAL_ANNOTATIONS = Map.ofEntries(
            Map.entry("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
            Map.entry("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
            Map.entry("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
            Map.entry("networking.gke.io/load-balancer-type", "Internal"),
            Map.entry("cloud.google.com/load-balancer-type", "Internal"),
            Map.entry("service.beta.kubernetes.io/openstack-internal-load-balancer", "true"),
            Map.entry("service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type", "intranet"),
            Map.entry("service.beta.kubernetes.io/cce-load-balancer-internal-vpc", "true"),
            Map.entry("service.beta.kubernetes.io/oci-load-balancer-internal", "true"),
            Map.entry("service.kubernetes.io/ibm-load-balancer-cloud-provider-ip-type", "private"),
            Map.entry("alb.ingress.kubernetes.io/scheme", "internal"));

    /** Whatever it says, it names a subnet of the network. */
    private static final String INTERNAL_SUBNET = "service.kubernetes.io/qcloud-loadbalancer-internal-subnetid";

    private final ClusterState state;
    private final Services services;
    private final Function<String, Lifecycle> lifecycleOf;
    private final Map<ResourceId, Entry> entries = new TreeMap<>();

    private Entries(ClusterState state, Services services, Function<String, Lifecycle> lifecycleOf) {
        this.state = state;
        this.services = services;
        this.lifecycleOf = lifecycleOf;
    }

    /**
     * @param lifecycleOf what a namespace says it is for
     * @return the entries that lead to at least one workload, in the order of the objects' identity
     */
    public static List<Entry> of(
            ClusterState state, List<Workload> workloads, Function<String, Lifecycle> lifecycleOf) {
        return of(state, workloads, lifecycleOf, Memory.NONE);
    }

    /** @param memory of the cluster, from which the workloads come */
    public static List<Entry> of(
            ClusterState state, List<Workload> workloads, Function<String, Lifecycle> lifecycleOf, Memory memory) {
        Entries found = new Entries(state, new Services(state, workloads, memory), lifecycleOf);
        found.ingresses();
        found.gatewayRoutes();
        found.virtualServices();
        found.openShiftRoutes();
        found.serviceDoors();
        return found.entries.values().stream()
                .filter(entry -> !entry.backends().isEmpty())
                .toList();
    }

    /** Every body that was declared under an identity of this kind. */
    private List<Resource> declared(String kind, String... groups) {
        return state.all(kind, groups).stream()
                .flatMap(resource -> resource.declared().stream())
                .toList();
    }

    /** By {@code namespace/name}, each with all that was declared for it. */
    private Map<String, List<Resource>> gateways(String group) {
        Map<String, List<Resource>> gateways = new HashMap<>();
        for (Resource gateway : declared("Gateway", group)) {
            gateways.computeIfAbsent(gateway.namespace() + "/" + gateway.name(), name -> new ArrayList<>())
                    .add(gateway);
        }
        return gateways;
    }

    private void ingresses() {
        for (Resource ingress : declared("Ingress", "networking.k8s.io", "extensions")) {
            if (internal(ingress) || InternalDoors.hasInternalClass(ingress)) {
                continue;
            }
            Set<ResourceId> backends = new TreeSet<>();
            Value spec = ingress.spec();
            backends.addAll(behindBackend(ingress.namespace(), spec.at("defaultBackend")));
            backends.addAll(behindBackend(ingress.namespace(), spec.at("backend")));
            for (Value rule : spec.items("rules")) {
                for (Value path : rule.items("http", "paths")) {
                    backends.addAll(behindBackend(ingress.namespace(), path.at("backend")));
                }
            }
            boolean tls = !spec.items("tls").isEmpty() || tlsByAnnotation(ingress);
            add(
                    ingress,
                    backends,
                    true,
                    tls ? Entry.Tls.DECLARED : Entry.Tls.PLAIN,
                    spec.at("tls").present() ? spec.at("tls") : spec);
        }
    }

    private Set<ResourceId> behindBackend(String namespace, Value backend) {
        String name = backend.at("service", "name").text().orElse(backend.text("serviceName"));
        return name.isEmpty() ? Set.of() : services.behind(namespace, name);
    }

    /** Routes that no Gateway takes lead nowhere, and those of internal Gateways only from within. */
    private void gatewayRoutes() {
        for (GatewayBindings.Bound bound : GatewayBindings.of(state)) {
            if (bound.isInternal()) {
                continue;
            }
            Entry.Tls tls = bound.parents().stream()
                    .filter(parent -> !parent.isInternal())
                    .map(Entries::tls)
                    .reduce(Entry.Tls.DECLARED, Entry.Tls::and);
            Set<ResourceId> backends = new TreeSet<>();
            bound.backends()
                    .forEach(backend -> backends.addAll(services.behind(backend.namespace(), backend.service())));
            add(bound.route(), backends, true, tls, bound.route().spec().at("parentRefs"));
        }
    }

    /** Of the listeners that take a route; a Gateway of another team's files may not be in the input, and then nothing is said. */
    private static Entry.Tls tls(GatewayBindings.Parent parent) {
        return parent.listeners().stream()
                .map(listener -> listener.text("protocol"))
                .map(protocol -> protocol.equals("HTTPS") || protocol.equals("TLS"))
                .map(encrypted -> encrypted ? Entry.Tls.DECLARED : Entry.Tls.PLAIN)
                .reduce(Entry.Tls::and)
                .orElse(Entry.Tls.UNSAID);
    }

    private void virtualServices() {
        Map<String, List<Resource>> gateways = gateways("networking.istio.io");
        for (Resource service : declared("VirtualService", "networking.istio.io")) {
            Entry.Tls tls = null;
            for (String name : service.spec().at("gateways").texts()) {
                if (name.equals("mesh")) {
                    continue;
                }
                Entry.Tls here = Entry.Tls.DECLARED;
                List<Resource> named =
                        gateways.getOrDefault(name.contains("/") ? name : service.namespace() + "/" + name, List.of());
                for (Resource gateway : named) {
                    here = here.and(servers(gateway));
                }
                here = named.isEmpty() ? Entry.Tls.UNSAID : here;
                tls = tls == null ? here : tls.and(here);
            }
            if (tls == null) {
                continue;
            }
            Set<ResourceId> backends = new TreeSet<>();
            for (String section : new String[] {"http", "tls", "tcp"}) {
                for (Value rule : service.spec().items(section)) {
                    for (Value route : rule.items("route")) {
                        String host = route.at("destination", "host").text().orElse("");
                        String[] parts = host.split("\\.", 3);
                        backends.addAll(services.behind(parts.length > 1 ? parts[1] : service.namespace(), parts[0]));
                    }
                }
            }
            add(service, backends, true, tls, service.spec().at("gateways"));
        }
    }

    private static Entry.Tls servers(Resource gateway) {
        List<Value> servers = gateway.spec().items("servers");
        for (Value server : servers) {
            boolean redirects = server.isTrue("tls", "httpsRedirect");
            String protocol = server.at("port", "protocol").text().orElse("").toUpperCase(java.util.Locale.ROOT);
            if (!redirects && !protocol.equals("HTTPS") && !protocol.equals("TLS")) {
                return Entry.Tls.PLAIN;
            }
        }
        return servers.isEmpty() ? Entry.Tls.UNSAID : Entry.Tls.DECLARED;
    }

    private void openShiftRoutes() {
        for (Resource route : declared("Route", "route.openshift.io")) {
            Set<ResourceId> backends = new TreeSet<>(services.behind(
                    route.namespace(), route.spec().at("to", "name").text().orElse("")));
            for (Value other : route.spec().items("alternateBackends")) {
                backends.addAll(services.behind(route.namespace(), other.text("name")));
            }
            Value tls = route.spec().at("tls");
            add(route, backends, true, tls.present() ? Entry.Tls.DECLARED : Entry.Tls.PLAIN, route.spec());
        }
    }

    private void serviceDoors() {
        for (Resource service : services.all()) {
            for (Resource declared : service.declared()) {
                String type = declared.spec().text("type");
                boolean door = type.equals("LoadBalancer") || type.equals("NodePort");
                if (!door || type.equals("LoadBalancer") && internal(declared)) {
                    continue;
                }
                boolean publicAddress = false;
                for (Value address : declared.body().items("status", "loadBalancer", "ingress")) {
                    publicAddress |= Addresses.isPublic(address.text("ip"))
                            || !address.text("hostname").isEmpty();
                }
                boolean shown = publicAddress || lifecycleOf.apply(service.namespace()) == Lifecycle.PRODUCTION;
                Entry.Tls tls = tlsByAnnotation(declared) ? Entry.Tls.DECLARED : Entry.Tls.UNSAID;
                add(
                        declared,
                        services.behind(service.namespace(), service.name()),
                        shown,
                        tls,
                        declared.spec().at("type"));
            }
        }
    }

    private void add(Resource resource, Set<ResourceId> backends, boolean shown, Entry.Tls tls, Value decisive) {
        entries.merge(resource.id(), new Entry(resource, backends, shown, tls, decisive), Entry::and);
    }

    private static boolean tlsByAnnotation(Resource resource) {
        Map<String, String> annotations = resource.annotations();
        return TLS_ANNOTATIONS.stream().anyMatch(annotations::containsKey)
                || annotations
                        .getOrDefault("alb.ingress.kubernetes.io/listen-ports", "")
                        .contains("HTTPS");
    }

    /** True for a load balancer or gateway that is told, by an annotation of its provider, to stay inside the network. */
    public static boolean internal(Resource resource) {
        return isToldInternal(resource.annotations());
    }

    /** As {@link #internal}, of annotations that stand elsewhere. */
    public static boolean isToldInternal(Map<String, String> annotations) {
        return annotations.containsKey(INTERNAL_SUBNET)
                || INTERNAL_ANNOTATIONS.entrySet().stream()
                        .anyMatch(internal ->
                                internal.getValue().equalsIgnoreCase(annotations.getOrDefault(internal.getKey(), "")));
    }

    /** True where {@code status.loadBalancer} has addresses and none of them is a name or of the public Internet. */
    public static boolean hasPrivateAddressesOnly(Resource resource) {
        List<Value> addresses = resource.body().items("status", "loadBalancer", "ingress");
        return !addresses.isEmpty()
                && addresses.stream()
                        .allMatch(address -> address.text("hostname").isEmpty()
                                && !address.text("ip").isEmpty()
                                && !Addresses.isPublic(address.text("ip")));
    }
}
