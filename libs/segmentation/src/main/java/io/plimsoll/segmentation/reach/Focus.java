package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.PortSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which connections of a list are asked for.
 *
 * @param workloads names such as {@code cart} or {@code shop/cart}; one end must be among them, any when empty
 * @param peers the other end must be among these, any when empty; only beside workloads
 * @param direction what the workloads do: send or receive; both when empty
 * @param ports connections that share none of them are left out, the others cut down to them
 */
public record Focus(Set<String> workloads, Set<String> peers, Optional<Direction> direction, PortSet ports) {

    public static final Focus EVERYTHING = new Focus(Set.of(), Set.of(), Optional.empty(), PortSet.ALL);

    public Focus {
        workloads = Set.copyOf(workloads);
        peers = Set.copyOf(peers);
    }

    /** The part of a connection that is asked for; nothing when there is none. */
    public Optional<Connection> of(Connection connection) {
        Connection cut = connection.on(ports);
        return asksFor(connection.source(), connection.destination()) && cut.possible()
                ? Optional.of(cut)
                : Optional.empty();
    }

    /** True for a pair of peers that is asked for, whatever passes between them. */
    public boolean asksFor(Endpoint source, Endpoint destination) {
        boolean sends = direction.isEmpty() || direction.get() == Direction.EGRESS;
        boolean receives = direction.isEmpty() || direction.get() == Direction.INGRESS;
        return sends && among(workloads, source) && among(peers, destination)
                || receives && among(workloads, destination) && among(peers, source);
    }

    /** True when a direction of one workload is asked for. */
    public boolean covers(Endpoint workload, Direction side) {
        return among(workloads, workload) && (direction.isEmpty() || direction.get() == side);
    }

    private static boolean among(Set<String> names, Endpoint endpoint) {
        return names.isEmpty() || names.stream().anyMatch(endpoint::isNamed);
    }
}
