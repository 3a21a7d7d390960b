package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;

/**
 * What becomes of traffic, by port: allowed, denied or not known.
 *
 * @param allowed ports that certainly pass
 * @param possible ports that may pass, the certain ones among them; all others are denied
 */
public record Verdict(PortSet allowed, PortSet possible) {

    public static final Verdict OPEN = new Verdict(PortSet.ALL, PortSet.ALL);
    public static final Verdict CLOSED = new Verdict(PortSet.NONE, PortSet.NONE);
    public static final Verdict UNKNOWN = new Verdict(PortSet.NONE, PortSet.ALL);

    /** Both have to let it pass. */
    public Verdict and(Verdict other) {
        return new Verdict(allowed.intersect(other.allowed), possible.intersect(other.possible));
    }

    /** One of the two letting it pass is enough. */
    public Verdict or(Verdict other) {
        return new Verdict(allowed.union(other.allowed), possible.union(other.possible));
    }

    /** Ports of which it is not known. */
    public PortSet uncertain() {
        return possible.minus(allowed);
    }
}
