package io.plimsoll.inventory.flow;

import io.plimsoll.sensing.object.ObjectKey;

/** A live cluster's objects as they were read before, by what a sensor sent of them: of what is known nothing is read again. */
public interface LiveObjects {

    /** @param hash of the JSON as the sensor sent it */
    boolean has(ObjectKey key, byte[] hash);

    /** @param object as kept */
    void put(ObjectKey key, byte[] hash, byte[] object);
}
