package io.plimsoll.segmentation.policy;

import java.util.Optional;

/** The protocols a NetworkPolicy can name. Others, ICMP among them, follow "all ports of all protocols" or are not decided. */
public enum Protocol {
    TCP,
    UDP,
    SCTP;

    /** The protocol written exactly so; Kubernetes does not fold case. */
    public static Optional<Protocol> of(String written) {
        for (Protocol protocol : values()) {
            if (protocol.name().equals(written)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }
}
