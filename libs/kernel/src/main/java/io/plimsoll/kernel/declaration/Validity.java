package io.plimsoll.kernel.declaration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From when to when a statement counts.
 *
 * @param issued first instant it counts
 * @param expires first instant it no longer counts
 */
public record Validity(Instant issued, Instant expires) {

    /** How a statement stands at a time. */
    public enum At {
        IN_FORCE,
        NOT_YET,
        EXPIRED,
        /** No time was given: whether it counts cannot be known. */
        NO_CLOCK
    }

    public Validity {
        if (!issued.isBefore(expires)) {
            throw new IllegalArgumentException("expires " + expires + " is not after issued " + issued);
        }
    }

    /** @param asOf null when no time is given */
    public At at(@Nullable Instant asOf) {
        if (asOf == null) {
            return At.NO_CLOCK;
        }
        if (asOf.isBefore(issued)) {
            return At.NOT_YET;
        }
        return asOf.isBefore(expires) ? At.IN_FORCE : At.EXPIRED;
    }
}
