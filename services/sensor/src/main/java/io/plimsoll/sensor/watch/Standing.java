package io.plimsoll.sensor.watch;

/** How far a kind is seen. */
public sealed interface Standing {

    /** It was not listed yet. */
    record Starting() implements Standing {}

    /** All of it is known and followed. */
    record Followed() implements Standing {}

    /** It may not be seen. */
    record Denied(String permission, String reason) implements Standing {}

    /** It could not be listed for a while; what was seen before stands. */
    record Failing(String reason) implements Standing {}

    /** Whether no list is waited for. */
    default boolean isSettled() {
        return !(this instanceof Starting);
    }
}
