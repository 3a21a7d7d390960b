package io.plimsoll.sensing.stream;

import io.plimsoll.kubernetes.value.Value;

/** One event of a watch. */
public sealed interface WatchEvent {

    /**
     * The object is there: added, or changed.
     *
     * @param whole false where it was over the bound of an object
     */
    record Present(Value.Obj object, boolean whole) implements WatchEvent {}

    /** The object is gone; this is its last state. */
    record Gone(Value.Obj object) implements WatchEvent {}

    /** Nothing happened up to here. */
    record Bookmark(String resourceVersion) implements WatchEvent {}

    /**
     * The watch cannot go on.
     *
     * @param code as of HTTP, for instance 410 when what is asked for is gone; 0 when none is given
     * @param retrySeconds after which the server wants to be asked again; 0 when it says nothing
     */
    record Failed(int code, String message, int retrySeconds) implements WatchEvent {}

    /** A type that nobody knows yet. */
    record Unknown(String type) implements WatchEvent {}
}
