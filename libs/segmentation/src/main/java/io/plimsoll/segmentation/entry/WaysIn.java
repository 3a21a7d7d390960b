package io.plimsoll.segmentation.entry;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.exposure.Entries;
import io.plimsoll.kubernetes.exposure.InternalDoors;
import io.plimsoll.kubernetes.value.Value;
import io.plimsoll.kubernetes.workload.Container;
import io.plimsoll.kubernetes.workload.PodTemplate;
import io.plimsoll.kubernetes.workload.Workload;
import io.plimsoll.segmentation.policy.PortSet;
import io.plimsoll.segmentation.policy.Protocol;
import io.plimsoll.segmentation.topology.Pods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Finds the ways in: Ingress (networking.k8s.io), OpenShift Route, routes of the Gateway API with their ReferenceGrants,
 * Services with a door of their own, host ports and pods on the host's network. Pure, any thread.
 */
public final class WaysIn {

    private final ClusterState state;
    private final List<Workload> workloads;
    private final Backends backends;
    private final Controllers controllers;
    private final List<WayIn> ways = new ArrayList<>();

    private WaysIn(ClusterState state, List<Workload> workloads) {
        this.state = state;
        this.workloads = workloads;
        this.backends = new Backends(state, workloads);
        this.controllers = new Controllers(state, workloads);
    }

    /** In the order of the workload, then of the door and the object. */
    public static List<WayIn> of(ClusterState state, List<Workload> workloads) {
        WaysIn found = new WaysIn(state, workloads);
        found.ingresses();
        found.openShiftRoutes();
        new GatewayRoutes(
                        state,
                        found.controllers,
                        (route, namespace, service, port, by) ->
                                found.controller(route, namespace, service, port, by.controller(), by.internal()))
                .add();
        found.services();
        found.nodes();
        Collections.sort(found.ways);
        return List.copyOf(found.ways);
    }

    private void ingresses() {
        for (Resource ingress : state.all("Ingress", "networking.k8s.io", "extensions")) {
            for (Resource declared : ingress.declared()) {
                Value spec = declared.spec();
                ingressBackend(declared, spec.at("defaultBackend"));
                ingressBackend(declared, spec.at("backend"));
                for (Value rule : spec.items("rules")) {
                    for (Value path : rule.items("http", "paths")) {
                        ingressBackend(declared, path.at("backend"));
                    }
                }
            }
        }
    }

    private void ingressBackend(Resource ingress, Value backend) {
        Value service = backend.at("service");
        String name = service.present() ? service.text("name") : backend.text("serviceName");
        Value port = service.present()
                ? (service.at("port", "name").present() ? service.at("port", "name") : service.at("port", "number"))
                : backend.at("servicePort");
        controller(
                ingress,
                ingress.namespace(),
                name,
                servicePort(port),
                controllers.ofIngress(ingress),
                InternalDoors.ingress(ingress));
    }

    private void openShiftRoutes() {
        for (Resource route : state.all("Route", "route.openshift.io")) {
            for (Resource declared : route.declared()) {
                Predicate<Value> wanted = servicePort(declared.spec().at("port", "targetPort"));
                List<Value> targets = new ArrayList<>(declared.spec().items("alternateBackends"));
                targets.add(declared.spec().at("to"));
                for (Value target : targets) {
                    String kind = target.text("kind");
                    // "0 suppresses requests to this backend"
                    boolean weighs = !target.at("weight").integer().equals(OptionalLong.of(0));
                    if (weighs && (kind.isEmpty() || kind.equals("Service"))) {
                        controller(
                                declared,
                                declared.namespace(),
                                target.text("name"),
                                wanted,
                                controllers.ofRoute(),
                                Entries.internal(declared));
                    }
                }
            }
        }
    }

    /** A port of a Service by its name, its number or its target; any where none is asked for. */
    static Predicate<Value> servicePort(Value asked) {
        if (!asked.present()) {
            return port -> true;
        }
        String wanted = asked.text().orElse("");
        return port -> wanted.equals(port.text("name"))
                || wanted.equals(port.text("port"))
                || wanted.equals(port.text("targetPort"));
    }

    private void controller(
            Resource object,
            String namespace,
            String serviceName,
            Predicate<Value> wanted,
            Optional<ResourceId> by,
            boolean internal) {
        backends.service(namespace, serviceName)
                .ifPresent(service -> backends.behind(service, wanted)
                        .forEach((workload, ports) -> ways.add(new WayIn(
                                WayIn.Door.CONTROLLER,
                                object.id(),
                                service.name(),
                                workload,
                                ports,
                                by,
                                internal,
                                true,
                                object.source()))));
    }

    private void services() {
        for (Resource service : state.all("Service", "")) {
            for (Resource declared : service.declared()) {
                Value spec = declared.spec();
                String type = spec.text("type");
                if (type.equals("LoadBalancer")) {
                    add(WayIn.Door.LOAD_BALANCER, declared, InternalDoors.service(declared));
                }
                boolean allocates =
                        !spec.at("allocateLoadBalancerNodePorts").bool().equals(Optional.of(false));
                if (type.equals("NodePort") || type.equals("LoadBalancer") && allocates) {
                    add(WayIn.Door.NODE_PORT, declared, true);
                }
                if (!spec.items("externalIPs").isEmpty()) {
                    add(WayIn.Door.EXTERNAL_ADDRESS, declared, false);
                }
            }
        }
    }

    private void add(WayIn.Door door, Resource service, boolean internal) {
        boolean hidden = !service.spec().text("externalTrafficPolicy").equals("Local");
        backends.behind(service, port -> true)
                .forEach((workload, ports) -> ways.add(new WayIn(
                        door,
                        service.id(),
                        service.name(),
                        workload,
                        ports,
                        Optional.empty(),
                        internal,
                        hidden,
                        service.source())));
    }

    /** A port of a node is taken for internal: nodes of a cluster seldom have addresses of the Internet. */
    private void nodes() {
        for (Workload workload : workloads) {
            PortSet hostPorts = PortSet.NONE;
            boolean onHost = false;
            for (PodTemplate pod : Pods.alive(workload)) {
                onHost |= pod.hostNetwork();
                hostPorts = hostPorts.union(pod.hostNetwork() ? PortSet.NONE : hostPorts(pod));
            }
            if (!hostPorts.isEmpty()) {
                ways.add(node(WayIn.Door.HOST_PORT, workload, hostPorts));
            }
            if (onHost) {
                ways.add(node(WayIn.Door.HOST_NETWORK, workload, PortSet.ALL));
            }
        }
    }

    private static WayIn node(WayIn.Door door, Workload workload, PortSet ports) {
        return new WayIn(
                door, workload.id(), "", workload.id(), ports, Optional.empty(), true, false, workload.source());
    }

    private static PortSet hostPorts(PodTemplate pod) {
        PortSet ports = PortSet.NONE;
        for (Container container : pod.containers()) {
            for (Value port : container.body().items("ports")) {
                OptionalLong number = port.at("containerPort").integer();
                String written = port.at("protocol").present() ? port.text("protocol") : Protocol.TCP.name();
                Optional<Protocol> protocol = Protocol.of(written);
                boolean open = port.at("hostPort").integer().orElse(0) > 0;
                if (open && protocol.isPresent() && number.orElse(0) >= 1 && number.orElse(0) <= PortSet.PORT_MAX) {
                    ports = ports.union(PortSet.of(protocol.get(), (int) number.orElse(0)));
                }
            }
        }
        return ports;
    }
}
