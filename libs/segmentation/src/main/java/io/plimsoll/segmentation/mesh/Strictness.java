package io.plimsoll.segmentation.mesh;

import io.plimsoll.segmentation.policy.PortSet;

/**
 * Ports on which plain text is refused.
 *
 * @param possible the certain ones among them
 */
public record Strictness(PortSet certain, PortSet possible) {

    public static final Strictness NONE = new Strictness(PortSet.NONE, PortSet.NONE);
}
