package io.plimsoll.segmentation.policy;

import java.util.Set;

/**
 * The ports a rule grants.
 *
 * @param fixed the same at every destination
 * @param named a matter of the destination pod; external addresses have none
 */
public record Ports(PortSet fixed, Set<NamedPort> named) {

    public static final Ports NONE = new Ports(PortSet.NONE, Set.of());
    public static final Ports ALL = new Ports(PortSet.ALL, Set.of());

    public Ports {
        named = Set.copyOf(named);
    }

    /** What the rule grants at a destination with these names. */
    public PortSet at(NamedPorts destination) {
        PortSet granted = fixed;
        for (NamedPort port : named) {
            granted = granted.union(destination.resolve(port));
        }
        return granted;
    }

    /** What the names could mean where nothing is known of the destination. */
    public PortSet anyNumbers() {
        PortSet any = PortSet.NONE;
        for (NamedPort port : named) {
            any = any.union(PortSet.of(port.protocol(), 1, PortSet.PORT_MAX));
        }
        return any;
    }
}
