package io.plimsoll.sensing.view;

import io.plimsoll.sensing.object.LastChange;
import io.plimsoll.sensing.object.ObjectKey;

/** What is to be told of one object: its newest state, whatever came before. */
public sealed interface Change {

    ObjectKey key();

    /** It is there, with this state. */
    record Present(ObjectKey key, String resourceVersion, long generation, byte[] json, LastChange change)
            implements Change {}

    /** It is gone. */
    record Gone(ObjectKey key, String resourceVersion) implements Change {}
}
