package io.plimsoll.inventory.sensor;

import io.plimsoll.sensing.object.LastChange;
import io.plimsoll.sensing.object.ObjectKey;
import java.time.Instant;

/**
 * A change of what is wanted of an object, as history keeps it.
 *
 * @param what {@code added}, {@code changed} or {@code removed}
 * @param at when inventory was told
 * @param delivery what delivers the object; empty for nothing
 * @param revision it was at; empty when it is not known
 */
public record Recorded(ObjectKey key, String what, Instant at, LastChange by, String delivery, String revision) {}
