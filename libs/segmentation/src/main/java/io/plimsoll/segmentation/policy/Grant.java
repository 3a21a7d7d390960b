package io.plimsoll.segmentation.policy;

import java.util.Set;

/**
 * What a rule allows: any of the peers, on any of the ports. Where it was written is not part of it, so equal grants of
 * different policies are one.
 */
public record Grant(Set<Peer> peers, Ports ports) {

    /** Of a rule that cannot be read: it allows nothing. */
    public static final Grant NOTHING = new Grant(Set.of(), Ports.NONE);

    /** Everyone, on every port. */
    public static final Grant EVERYTHING = new Grant(Set.of(new Peer.Everyone()), Ports.ALL);

    public Grant {
        peers = Set.copyOf(peers);
    }

    /** The same grant with its named ports resolved at a known destination. */
    public Grant at(NamedPorts destination) {
        return new Grant(peers, new Ports(ports.at(destination), Set.of()));
    }
}
