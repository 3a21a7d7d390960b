package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.Direction;
import io.plimsoll.segmentation.policy.NamedPort;
import io.plimsoll.segmentation.policy.PortSet;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * What one workload may exchange with whoever is not in the input.
 *
 * @param direction of the traffic, seen from the workload
 * @param peer a stranger or external addresses
 * @param ports on which it is allowed, none where a stranger is kept out of what the entire cluster may
 * @param named ports allowed by name, which a stranger may give any number
 * @param uncertain ports on which it is not known
 */
public record Exposure(
        Endpoint workload, Direction direction, Endpoint peer, PortSet ports, Set<NamedPort> named, PortSet uncertain) {

    public Exposure {
        named = Set.copyOf(named);
    }

    /** {@code TCP 80,http}: numbers, then names, by protocol. */
    public String portsText() {
        List<NamedPort> names = named.stream()
                .sorted(Comparator.comparing(NamedPort::protocol).thenComparing(NamedPort::name))
                .toList();
        return ports.text(names);
    }

    /** The part of it on some ports; names stay only where all ports are asked for. */
    Exposure on(PortSet asked) {
        return asked.isAll()
                ? this
                : new Exposure(workload, direction, peer, ports.intersect(asked), Set.of(), uncertain.intersect(asked));
    }
}
