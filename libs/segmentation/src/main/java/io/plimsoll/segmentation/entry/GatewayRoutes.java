package io.plimsoll.segmentation.entry;

import io.plimsoll.kubernetes.ClusterState;
import io.plimsoll.kubernetes.Resource;
import io.plimsoll.kubernetes.ResourceId;
import io.plimsoll.kubernetes.exposure.GatewayBindings;
import io.plimsoll.kubernetes.value.Value;
import java.util.Optional;
import java.util.function.Predicate;

/** Routes of the Gateway API that lead from a Gateway to a Service, as {@link GatewayBindings} finds them, and who serves them. */
final class GatewayRoutes {

    private final ClusterState state;
    private final Controllers controllers;
    private final Sink sink;

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

    GatewayRoutes(ClusterState state, Controllers controllers, Sink sink) {
        this.state = state;
        this.controllers = controllers;
        this.sink = sink;
    }

    void add() {
        for (GatewayBindings.Bound bound : GatewayBindings.of(state)) {
            Taken by = new Taken(controller(bound), bound.isInternal());
            for (GatewayBindings.Backend backend : bound.backends()) {
                String port = backend.port();
                sink.add(
                        bound.route(),
                        backend.namespace(),
                        backend.service(),
                        each -> port.isEmpty() || port.equals(each.text("port")),
                        by);
            }
        }
    }

    private Optional<ResourceId> controller(GatewayBindings.Bound bound) {
        return bound.parents().stream()
                .map(parent -> controllers.ofGateway(parent.namespace(), parent.name()))
                .reduce((one, other) -> one.filter(same -> other.equals(Optional.of(same))))
                .flatMap(same -> same);
    }
}
