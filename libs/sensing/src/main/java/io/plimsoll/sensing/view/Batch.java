package io.plimsoll.sensing.view;

import io.plimsoll.sensing.object.ObjectKey;
import io.plimsoll.sensing.object.SetDigest;
import java.util.List;

/**
 * A piece of what is to be told.
 *
 * @param changes to be told now
 * @param toFetch whose state was let go for want of room: to be read from the cluster first
 * @param all whether nothing else is to be told
 * @param digest over the view as it is when all of it is told
 */
public record Batch(List<Change> changes, List<ObjectKey> toFetch, boolean all, SetDigest digest) {
    public Batch {
        changes = List.copyOf(changes);
        toFetch = List.copyOf(toFetch);
    }
}
