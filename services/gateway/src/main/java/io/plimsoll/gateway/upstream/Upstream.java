package io.plimsoll.gateway.upstream;

import java.util.Locale;

/** The services behind that answer callers. */
public enum Upstream {
    INVENTORY,
    STAGE_SCORING,
    NETWORK_SEGMENTATION,
    IMAGE_SCAN;

    /** As people know it, for instance {@code stage-scoring}. */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
