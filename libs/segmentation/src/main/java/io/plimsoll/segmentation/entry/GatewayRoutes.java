package io.plimsoll.segmentation.entry;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.segmentation.policy.LabelSelector;
import io.plimsoll.segmentation.policy.Labels;
import io.plimsoll.segmentation.policy.SelectorReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Routes of the Gateway API that lead from a Gateway to a Service. A route counts when a parent takes it ("Gateways can only
 * route to resources within the listener's allowedRoutes"; without the field, routes of the Gateway's own namespace) and a
 * Service of another namespace when a ReferenceGrant there allows it ("references across namespaces are invalid without a
 * ReferenceGrant"). A Gateway that was not given is taken to accept.
 */
final class GatewayRoutes {

    private static final String GROUP = "gateway.networking.k8s.io";
    private static final List<String> KINDS = List.of("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute");

    private final ClusterState state;
    private final Backends backends;
    private final Controllers controllers;
    private final Sink sink;
    private final Map<String, Resource> gateways = new HashMap<>();

    /** Takes one route to one Service. */
    @FunctionalInterface
    interface Sink {
        void add(Resource route, String namespace, String service, Predicate<Value> port, Taken by);
    }

    /**
     * The Gateways that take a route, taken together.
     *
     * @param controller what serves them, where it is recognised and the same for all
     * @param internal whether all of them stay within the network
     */
    record Taken(Optional<ResourceId> controller, boolean internal) {}

    GatewayRoutes(ClusterState state, Backends backends, Controllers controllers, Sink sink) {
        this.state = state;
        this.backends = backends;
        this.controllers = controllers;
        this.sink = sink;
        state.all("Gateway", GROUP)
                .forEach(gateway -> gateways.put(gateway.namespace() + "/" + gateway.name(), gateway));
    }

    void add() {
        for (String kind : KINDS) {
            for (Resource route : state.all(kind, GROUP)) {
                route.declared().forEach(declared -> taken(declared).ifPresent(by -> addBackends(declared, by)));
            }
        }
    }

    /** Nothing where no parent takes the route. */
    private Optional<Taken> taken(Resource route) {
        List<Taken> takers = new ArrayList<>();
        for (Value parent : route.spec().items("parentRefs")) {
            String kind = parent.text("kind");
            String namespace = parent.at("namespace").text().orElse(route.namespace());
            Resource gateway = gateways.get(namespace + "/" + parent.text("name"));
            if ((kind.isEmpty() || kind.equals("Gateway")) && (gateway == null || takes(gateway, parent, route))) {
                takers.add(new Taken(
                        controllers.ofGateway(namespace, parent.text("name")),
                        gateway != null && InternalDoors.gateway(gateway)));
            }
        }
        return takers.stream()
                .reduce((one, other) -> new Taken(
                        one.controller().filter(same -> other.controller().equals(Optional.of(same))),
                        one.internal() && other.internal()));
    }

    private boolean takes(Resource gateway, Value parent, Resource route) {
        List<String> hostnames = route.spec().at("hostnames").texts();
        return gateway.spec().items("listeners").stream()
                .filter(listener -> names(parent, listener))
                .filter(listener -> Hostnames.intersect(listener.text("hostname"), hostnames))
                .anyMatch(listener -> takesKind(listener, route.kind()) && takesFrom(gateway, listener, route));
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
        Value namespaces = listener.at("allowedRoutes", "namespaces");
        return switch (namespaces.at("from").text().orElse("Same")) {
            case "All" -> true;
            case "None" -> false;
            case "Selector" ->
                SelectorReader.read(namespaces.at("selector"))
                        .map(selector -> matches(selector, route.namespace()))
                        .orElse(false);
            default -> gateway.namespace().equals(route.namespace());
        };
    }

    private boolean matches(LabelSelector selector, String namespace) {
        Map<String, String> labels = new TreeMap<>();
        state.all("Namespace", "").stream()
                .filter(each -> each.name().equals(namespace))
                .forEach(each -> labels.putAll(Labels.of(each.body().at("metadata", "labels"))));
        labels.put(Labels.NAMESPACE_NAME, namespace);
        return selector.matches(labels);
    }

    private void addBackends(Resource route, Taken by) {
        for (Value rule : route.spec().items("rules")) {
            addMirrors(route, rule, by);
            for (Value backend : rule.items("backendRefs")) {
                // "If weight is set to 0, no traffic should be forwarded for this entry."
                if (!backend.at("weight").integer().equals(OptionalLong.of(0))) {
                    addBackend(route, backend, by);
                    addMirrors(route, backend, by);
                }
            }
        }
    }

    /** Requests are also sent to where a filter mirrors them. */
    private void addMirrors(Resource route, Value filtered, Taken by) {
        for (Value filter : filtered.items("filters")) {
            Value mirror = filter.at("requestMirror", "backendRef");
            if (mirror.present()) {
                addBackend(route, mirror, by);
            }
        }
    }

    private void addBackend(Resource route, Value backend, Taken by) {
        String kind = backend.at("kind").text().orElse("Service");
        String namespace = backend.at("namespace").text().orElse(route.namespace());
        String name = backend.text("name");
        boolean isService = kind.equals("Service") && backend.text("group").isEmpty();
        if (isService && (namespace.equals(route.namespace()) || isGranted(route, namespace, name))) {
            String port = backend.text("port");
            sink.add(route, namespace, name, each -> port.isEmpty() || port.equals(each.text("port")), by);
        }
    }

    private boolean isGranted(Resource route, String namespace, String service) {
        return backends.service(namespace, service).isPresent()
                && state.all("ReferenceGrant", GROUP).stream()
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
