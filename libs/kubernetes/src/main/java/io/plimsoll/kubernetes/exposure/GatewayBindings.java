package io.plimsoll.kubernetes.exposure;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which Gateways take which routes of the Gateway API, and to which Services those lead. A route counts when a parent takes it ("Gateways can
 * only route to resources within the listener's allowedRoutes"; without the field, routes of the Gateway's own namespace) and a Service of
 * another namespace when a ReferenceGrant there allows it ("references across namespaces are invalid without a ReferenceGrant"). A
 * Gateway that was not given is taken to accept. Pure, any thread.
 */
public final class GatewayBindings {

    /** The group of the API. */
    public static final String GROUP = "gateway.networking.k8s.io";

    private static final List<String> KINDS = List.of("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute");
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";

    private final ClusterState state;
    private final Map<String, List<Resource>> gateways = new HashMap<>();
    private final Map<String, Map<String, String>> namespaces = new HashMap<>();

    /**
     * A Gateway that takes a route.
     *
     * @param gateways that take it, all that was declared under the name; empty where none was given
     * @param listeners those that take it; empty where no Gateway was given
     */
    public record Parent(String namespace, String name, List<Resource> gateways, List<Value> listeners) {
        public Parent {
            gateways = List.copyOf(gateways);
            listeners = List.copyOf(listeners);
        }

        /** Whether it stays within the network; one that was not given does not for sure. */
        public boolean isInternal() {
            return !gateways.isEmpty() && gateways.stream().allMatch(InternalDoors::gateway);
        }
    }

    /**
     * A Service that a route leads to.
     *
     * @param port number of the Service's port; empty for any
     */
    public record Backend(String namespace, String service, String port) {}

    /**
     * A route that some parent takes.
     *
     * @param parents at least one
     * @param backends mirrors among them; those without weight and those of another namespace without a grant are left out
     */
    public record Bound(Resource route, List<Parent> parents, List<Backend> backends) {
        public Bound {
            parents = List.copyOf(parents);
            backends = List.copyOf(backends);
        }

        /** Whether all that take it stay within the network. */
        public boolean isInternal() {
            return parents.stream().allMatch(Parent::isInternal);
        }
    }

    private GatewayBindings(ClusterState state) {
        this.state = state;
        for (Resource gateway : state.all("Gateway", GROUP)) {
            gateways.put(gateway.namespace() + "/" + gateway.name(), gateway.declared());
        }
        for (Resource namespace : state.all("Namespace", "")) {
            Map<String, String> labels = new HashMap<>(namespace.labels());
            labels.put(NAMESPACE_NAME, namespace.name());
            namespaces.put(namespace.name(), labels);
        }
    }

    /** By kind, then in the order of the route; of a route declared more than once each by itself. */
    public static List<Bound> of(ClusterState state) {
        GatewayBindings bindings = new GatewayBindings(state);
        List<Bound> bound = new ArrayList<>();
        for (String kind : KINDS) {
            for (Resource route : state.all(kind, GROUP)) {
                for (Resource declared : route.declared()) {
                    List<Parent> parents = bindings.parents(declared);
                    if (!parents.isEmpty()) {
                        bound.add(new Bound(declared, parents, bindings.backends(declared)));
                    }
                }
            }
        }
        return bound;
    }

    private List<Parent> parents(Resource route) {
        List<Parent> takers = new ArrayList<>();
        for (Value parent : route.spec().items("parentRefs")) {
            String kind = parent.text("kind");
            if (!kind.isEmpty() && !kind.equals("Gateway")) {
                continue;
            }
            String namespace = parent.at("namespace").text().orElse(route.namespace());
            List<Resource> named = gateways.getOrDefault(namespace + "/" + parent.text("name"), List.of());
            List<Resource> taking = new ArrayList<>();
            List<Value> listeners = new ArrayList<>();
            for (Resource gateway : named) {
                List<Value> here = listeners(gateway, parent, route);
                if (!here.isEmpty()) {
                    taking.add(gateway);
                    listeners.addAll(here);
                }
            }
            if (named.isEmpty() || !taking.isEmpty()) {
                takers.add(new Parent(namespace, parent.text("name"), taking, listeners));
            }
        }
        return takers;
    }

    private List<Value> listeners(Resource gateway, Value parent, Resource route) {
        List<String> hostnames = route.spec().at("hostnames").texts();
        return gateway.spec().items("listeners").stream()
                .filter(listener -> names(parent, listener))
                .filter(listener -> Hostnames.intersect(listener.text("hostname"), hostnames))
                .filter(listener -> takesKind(listener, route.kind()) && takesFrom(gateway, listener, route))
                .toList();
    }

    /** "When both Port and SectionName are specified, the name and port of the selected listener must match both specified values." */
    private static boolean names(Value parent, Value listener) {
        String section = parent.text("sectionName");
        String port = parent.text("port");
        return (section.isEmpty() || section.equals(listener.text("name")))
                && (port.isEmpty() || port.equals(listener.text("port")));
    }

    /** "When unspecified or empty, the kinds of Routes selected are determined using the Listener protocol." */
    private static boolean takesKind(Value listener, String kind) {
        List<Value> kinds = listener.items("allowedRoutes", "kinds");
        if (!kinds.isEmpty()) {
            return kinds.stream()
                    .anyMatch(each -> each.text("kind").equals(kind)
                            && each.at("group").text().orElse(GROUP).equals(GROUP));
        }
        return switch (listener.text("protocol")) {
            case "HTTP", "HTTPS" -> kind.equals("HTTPRoute") || kind.equals("GRPCRoute");
            case "TLS" -> kind.equals("TLSRoute") || kind.equals("TCPRoute");
            case "TCP" -> kind.equals("TCPRoute");
            case "UDP" -> kind.equals("UDPRoute");
            default -> true; // a protocol of an implementation: which routes it takes is its own affair
        };
    }

    private boolean takesFrom(Resource gateway, Value listener, Resource route) {
        Value from = listener.at("allowedRoutes", "namespaces");
        return switch (from.at("from").text().orElse("Same")) {
            case "All" -> true;
            case "None" -> false;
            case "Selector" ->
                NamespaceSelector.matches(
                        from.at("selector"),
                        namespaces.getOrDefault(route.namespace(), Map.of(NAMESPACE_NAME, route.namespace())));
            default -> gateway.namespace().equals(route.namespace());
        };
    }

    private List<Backend> backends(Resource route) {
        List<Backend> backends = new ArrayList<>();
        for (Value rule : route.spec().items("rules")) {
            addMirrors(route, rule, backends);
            for (Value backend : rule.items("backendRefs")) {
                // "If weight is set to 0, no traffic should be forwarded for this entry."
                if (!backend.at("weight").integer().equals(OptionalLong.of(0))) {
                    addBackend(route, backend, backends);
                    addMirrors(route, backend, backends);
                }
            }
        }
        return backends;
    }

    /** Requests are also sent to where a filter mirrors them. */
    private void addMirrors(Resource route, Value filtered, List<Backend> backends) {
        for (Value filter : filtered.items("filters")) {
            Value mirror = filter.at("requestMirror", "backendRef");
            if (mirror.present()) {
                addBackend(route, mirror, backends);
            }
        }
    }

    private void addBackend(Resource route, Value backend, List<Backend> backends) {
        String kind = backend.at("kind").text().orElse("Service");
        String namespace = backend.at("namespace").text().orElse(route.namespace());
        String name = backend.text("name");
        boolean isService = kind.equals("Service") && backend.text("group").isEmpty();
        if (isService && (namespace.equals(route.namespace()) || isGranted(route, namespace, name))) {
            backends.add(new Backend(namespace, name, backend.text("port")));
        }
    }

    private boolean isGranted(Resource route, String namespace, String service) {
        return state.all("ReferenceGrant", GROUP).stream()
                .filter(grant -> grant.namespace().equals(namespace))
                .anyMatch(grant -> from(grant, route) && to(grant, service));
    }

    private static boolean from(Resource grant, Resource route) {
        return grant.spec().items("from").stream()
                .anyMatch(from -> from.text("group").equals(GROUP)
                        && from.text("kind").equals(route.kind())
                        && from.text("namespace").equals(route.namespace()));
    }

    private static boolean to(Resource grant, String service) {
        return grant.spec().items("to").stream()
                .anyMatch(to -> to.text("group").isEmpty()
                        && to.text("kind").equals("Service")
                        && (to.text("name").isEmpty() || to.text("name").equals(service)));
    }
}
