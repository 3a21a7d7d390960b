package io.plimsoll.inventory.sensor;

import io.plimsoll.sensing.object.LastChange;
import io.plimsoll.sensing.object.ObjectKey;

/** One change as a sensor told it, read and checked. */
public sealed interface SensorChange {

    ObjectKey key();

    String resourceVersion();

    /**
     * It is there.
     *
     * @param object as it is kept, a {@code StoredObject}
     * @param hash SHA-256 of the JSON as it was sent
     * @param delivery what delivers it, by its labels and annotations
     */
    record Present(
            ObjectKey key,
            String resourceVersion,
            long generation,
            byte[] object,
            byte[] hash,
            LastChange change,
            Delivery delivery)
            implements SensorChange {}

    /** It is gone. */
    record Gone(ObjectKey key, String resourceVersion) implements SensorChange {}
}
