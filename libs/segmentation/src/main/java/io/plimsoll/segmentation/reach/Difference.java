package io.plimsoll.segmentation.reach;

import io.plimsoll.segmentation.policy.PortSet;

/**
 * One pair of peers whose connection is another one in a second state.
 *
 * @param before what was certainly allowed; never the same as {@code after}, unless only what is uncertain changed
 * @param sourceNews whether the source is new in the second state, gone from it, or in both; so for the destination
 */
public record Difference(
        Endpoint source,
        Endpoint destination,
        PortSet before,
        PortSet after,
        PortSet uncertainBefore,
        PortSet uncertainAfter,
        News sourceNews,
        News destinationNews) {

    /** Whether an end is in both states. */
    public enum News {
        NONE,
        ADDED,
        REMOVED
    }

    /** {@code added}, {@code removed} or {@code changed}, judged by what is certainly allowed. */
    public String type() {
        if (before.isEmpty() && !after.isEmpty()) {
            return "added";
        }
        return after.isEmpty() && !before.isEmpty() ? "removed" : "changed";
    }
}
