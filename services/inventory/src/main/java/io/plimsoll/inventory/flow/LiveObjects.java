package io.plimsoll.inventory.flow;

import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;

/** A live cluster's objects as they were read before: of what is known only what moved since is read again. */
public interface LiveObjects {

    /** Of what is not known as of any batch. */
    long NOTHING = -1;

    /** Sequence of the sensor's batch as of which it is known, what moved in later ones is asked for; {@link #NOTHING} where all of it is. */
    long sequence();

    /** Forgets all of it: all of it is told now. */
    void clear();

    /**
     * An object that is there.
     *
     * @param hash of the JSON as the sensor sent it
     * @param object as kept
     */
    void put(ObjectKey key, byte[] hash, byte[] object);

    /** An object that is not there; it may never have been. */
    void remove(ObjectKey key);

    /**
     * All that was asked for was told.
     *
     * @param digest over all objects as the sensor's row had it at the same moment
     * @return whether it is over those that are known; if not, they are known as of nothing
     */
    boolean told(long sequence, SetDigest digest);
}
