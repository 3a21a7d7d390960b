package io.plimsoll.inventory.sensor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the newest published state of a cluster holds of what its sensor told.
 *
 * @param sequence of the newest batch it is certain to hold, see {@link SensorRow#sequence}; 0 for none
 * @param read when it was read; null before the first time
 */
public record PublishedUpTo(long sequence, @Nullable Instant read) {

    public static final PublishedUpTo NOTHING = new PublishedUpTo(0, null);
}
