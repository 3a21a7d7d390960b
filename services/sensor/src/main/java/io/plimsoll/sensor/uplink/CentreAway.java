package io.plimsoll.sensor.uplink;

import java.io.IOException;

/** The stream to inventory broke, was refused, or was never opened. */
final class CentreAway extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /** @param refused whether coming again soon is in vain: somebody has to change something first */
    CentreAway(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    boolean isRefused() {
        return refused;
    }
}
